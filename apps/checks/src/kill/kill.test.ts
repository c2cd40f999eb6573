import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { expectNone } from '../expect-none.ts';
import { runKillRounds } from './rounds.ts';

const ROUNDS = 6;

it(`loses no acknowledged connector or secret, nor its audit event, to SIGKILL during writes (${ROUNDS} rounds)`, async () => {
  const seed = randomInt(2 ** 31);
  const report = await runKillRounds(ROUNDS, seed, () => {});
  expectNone(report.problems, `Not as acknowledged. Repeat with: npm run check:kill -- ${ROUNDS} ${seed}`);
  expect(report.acknowledgedWrites).toBeGreaterThan(0);
}, 180_000);
