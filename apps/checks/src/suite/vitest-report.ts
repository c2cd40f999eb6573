import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../repository-root.ts';
import { add, noTally, oneFailed, type Tally } from './tally.ts';

/** The parts of Vitest's JSON report that are counted. https://vitest.dev/guide/reporters.html#json-reporter */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});
type FileResult = z.infer<typeof reportSchema>['testResults'][number];

const MAX_LINES = 30;

function shortened(message: string): string {
  const lines = message.split('\n');
  const shown = lines.slice(0, MAX_LINES).map((line) => `    ${line}`);
  return lines.length > MAX_LINES ? [...shown, '    …'].join('\n') : shown.join('\n');
}

function tallyFile(file: FileResult): Tally {
  const path = relative(repositoryRoot, file.name);
  const tests = file.assertionResults;
  const failed = tests.filter((test) => test.status === 'failed');
  const passed = tests.filter((test) => test.status === 'passed').length;
  const counted: Tally = {
    passed,
    failed: failed.length,
    skipped: tests.length - passed - failed.length,
    failures: failed.map(
      (test) => `${path} › ${test.fullName}\n${shortened((test.failureMessages ?? []).join('\n') || 'no message')}`,
    ),
  };
  // A file that cannot be loaded, or whose hooks throw, has failed even though no test of it has.
  const fileFailed = file.status === 'failed' && failed.length === 0;
  return fileFailed ? add(counted, oneFailed(`${path}\n${shortened(file.message || 'it could not be run')}`)) : counted;
}

/**
 * Counts what a Vitest run reported.
 * @param exitCode catches what stands in no file's result: a crash, or an error outside of every test.
 */
export function tallyVitest(reportPath: string, exitCode: number): Tally {
  let tally: Tally;
  try {
    const report = reportSchema.parse(JSON.parse(readFileSync(reportPath, 'utf8')));
    tally = report.testResults.map(tallyFile).reduce(add, noTally);
  } catch (error) {
    return oneFailed(`vitest wrote no readable report (exit code ${exitCode}): ${String(error)}`);
  }
  if (exitCode !== 0 && tally.failed === 0) {
    return add(tally, oneFailed(`vitest ended with exit code ${exitCode} although every test passed; see its output`));
  }
  return tally;
}
