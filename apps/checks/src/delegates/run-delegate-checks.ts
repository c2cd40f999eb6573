import { withServer } from '../server/with-server.ts';
import { managerKilled, managerStopped, restartWith } from './manager-restart.ts';
import { killedInTheMiddle, networkCut, stoppedInTheMiddle } from './scenarios.ts';

// npm run check:delegates [-- rounds]: what takes longest, again and again. About three minutes a round: the network is
// gone for 60 s, the manager stands still for 20 s, and the kills are repeated, each on servers and delegates of its own.
const rounds = Number(process.argv[2] ?? 1);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const onServer = (scenario: (url: string) => Promise<void>) => () => withServer({}, ({ url }) => scenario(url));
const CHECKS: readonly (readonly [name: string, run: () => Promise<unknown>])[] = [
  ['a network that is gone for 60 s', onServer(networkCut(60))],
  ['a delegate that stands still in the middle', onServer(stoppedInTheMiddle)],
  ['a delegate that is killed in the middle', onServer(killedInTheMiddle)],
  ['a manager that is killed in the middle', managerKilled],
  ['a manager that stands still for 20 s', () => managerStopped(20)],
  ['a manager that is killed with 500 delegates', () => restartWith(500)],
];

for (let round = 1; round <= rounds; round += 1) {
  for (const [name, run] of CHECKS) {
    const startedAt = performance.now();
    const outcome = await run().then(
      (found) => `ok ${found === undefined ? '' : JSON.stringify(found)}`,
      (error: unknown) => {
        process.exitCode = 1;
        return `FAILED ${error instanceof Error ? error.message : String(error)}`;
      },
    );
    print(`${round}/${rounds} ${name}: ${outcome} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  }
}
