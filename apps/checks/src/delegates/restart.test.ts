import { expect, it } from 'vitest';
import { restartWith } from './manager-restart.ts';

const DELEGATES = 500;

it(`has all of ${DELEGATES} delegates back within 10 s of a restart of the manager, and not all at once`, async () => {
  const { lastMs, mostAtOnce } = await restartWith(DELEGATES);
  expect(lastMs).toBeLessThan(10_000);
  expect(mostAtOnce).toBeLessThan(DELEGATES / 2);
});
