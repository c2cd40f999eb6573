import { expect, it } from 'vitest';
import { measureBundle } from './bundle-size.ts';
import { verdict } from './measurement.ts';

it('the built console loads within its budget', () => {
  expect(measureBundle().map((line) => ({ ...line, verdict: verdict(line) }))).toMatchObject([{ verdict: 'met' }]);
});
