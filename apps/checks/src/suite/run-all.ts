import { steps } from './steps.ts';
import { add, noTally, oneFailed, summaryLine, type Tally } from './tally.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Runs every step, going on after a failure, and returns the sum. */
async function runAll(): Promise<Tally> {
  const failed = new Set<string>();
  let total = noTally;
  for (const [index, step] of steps.entries()) {
    print(`\n━━ ${index + 1}/${steps.length} ${step.title}`);
    if (step.needs && failed.has(step.needs)) {
      print(`   not run: “${step.needs}” failed`);
      total = add(total, { ...noTally, skipped: 1 });
      continue;
    }
    const start = performance.now();
    const tally = await step.run().catch((error: unknown) => oneFailed(`${step.title}: ${String(error)}`));
    if (tally.failed > 0) failed.add(step.name);
    total = add(total, tally);
    print(`── ${step.title}: ${summaryLine(tally)} (${seconds(performance.now() - start)})`);
  }
  return total;
}

const start = performance.now();
const total = await runAll();
if (total.failures.length > 0) {
  print('\n━━ Failures');
  for (const [index, failure] of total.failures.entries()) print(`${index + 1}. ${failure}`);
}
print(`\n${seconds(performance.now() - start)}`);
print(summaryLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;
