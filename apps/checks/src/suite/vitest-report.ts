import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { type FileReport, type RunReport, runReportSchema } from './run-report.ts';
import { add, noTally, oneFailed, type Tally } from './tally.ts';

const MAX_LINES = 30;

function shortened(message: string): string {
  const lines = message.split('\n');
  const shown = lines.slice(0, MAX_LINES).map((line) => `    ${line}`);
  return lines.length > MAX_LINES ? [...shown, '    …'].join('\n') : shown.join('\n');
}

function tallyFile(file: FileReport): Tally {
  const path = relative(repositoryRoot, file.path);
  const inState = (wanted: FileReport['tests'][number]['state']) => file.tests.filter(({ state }) => state === wanted);
  const failures = [
    ...inState('failed').map(
      ({ name, errors }) => `${path} › ${name}\n${shortened(errors.join('\n') || 'it says nothing about why')}`,
    ),
    // Nobody knows whether it would have passed.
    ...inState('pending').map(({ name }) => `${path} › ${name}\n    had not ended when the run did`),
    ...file.errors.map((error) => `${path}\n${shortened(error)}`),
  ];
  if (failures.length === 0 && !file.ok) failures.push(`${path}\n    failed, and Vitest reports no error of it`);
  return { passed: inState('passed').length, failed: failures.length, skipped: inState('skipped').length, failures };
}

function readReport(path: string): RunReport {
  return runReportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/**
 * Counts what our reporter wrote about a Vitest run.
 * @param exitCode catches what stands nowhere in the report, such as a crash of Vitest itself.
 */
export function tallyVitest(reportPath: string, exitCode: number): Tally {
  let tally: Tally;
  try {
    const report = readReport(reportPath);
    const outside = report.errors.map((error) => oneFailed(`outside of every test\n${shortened(error)}`));
    tally = [...report.files.map(tallyFile), ...outside].reduce(add, noTally);
  } catch (error) {
    return oneFailed(`vitest wrote no readable report (exit code ${exitCode}): ${String(error)}`);
  }
  if (exitCode !== 0 && tally.failed === 0) {
    return add(tally, oneFailed(`vitest ended with exit code ${exitCode} although every test passed; see its output`));
  }
  return tally;
}
