import { randomInt } from 'node:crypto';
import { runKillRounds } from './rounds.ts';

// npm run check:kill [-- rounds [seed]]
const rounds = Number(process.argv[2] ?? 50);
const seed = Number(process.argv[3] ?? randomInt(2 ** 31));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

print(`${rounds} rounds, seed ${seed}`);
const report = await runKillRounds(rounds, seed, print);
for (const problem of report.problems) print(`LOST  ${problem}`);
print(`${report.acknowledgedWrites} acknowledged writes, ${report.problems.length} lost (budget: 0)`);
if (report.problems.length > 0) {
  print(`Repeat with: npm run check:kill -- ${rounds} ${seed}`);
  process.exitCode = 1;
}
