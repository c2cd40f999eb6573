import type { Region } from '@wardline/contracts';
import { expect, it } from 'vitest';
import { regionGroups } from './region-options.ts';

const region = (value: string, partition: string, name = value): Region => ({ name, value, partition });

/** In the order of the SDK's table, which is nobody's. */
const REGIONS = [
  region('local-1', 'aws', 'Local simulator'),
  region('eu-west-1', 'aws'),
  region('cn-north-1', 'aws-cn'),
  region('eusc-de-east-1', 'aws-eusc'),
  region('us-iso-east-1', 'aws-iso'),
  region('us-isob-east-1', 'aws-iso-b'),
  region('xx-new-1', 'aws-next'),
  region('us-gov-west-1', 'aws-us-gov'),
];

it('offers the simulator by itself, then commercial regions, GovCloud, China and the others, in words', () => {
  expect(regionGroups(REGIONS, '', '').map(({ group, items }) => [group, ...items.map(({ value }) => value)])).toEqual([
    ['Local simulator', 'local-1'],
    ['Commercial', 'eu-west-1'],
    ['GovCloud (US)', 'us-gov-west-1'],
    ['China', 'cn-north-1'],
    ['European Sovereign Cloud', 'eusc-de-east-1'],
    ['Isolated: Top Secret (ISO)', 'us-iso-east-1'],
    ['Isolated: Secret (ISOB)', 'us-isob-east-1'],
    ['aws-next', 'xx-new-1'],
  ]);
});
