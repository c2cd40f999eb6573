import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../repository-root.ts';
import { add, summaryLine } from './tally.ts';
import { tallyVitest } from './vitest-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardline-report-'));
const path = join(folder, 'report.json');
afterAll(() => rmSync(folder, { recursive: true }));

const test = (fullName: string, status: string, message?: string) => ({
  fullName,
  status,
  failureMessages: message ? [message] : [],
});

function tally(file: { status: string; message?: string; tests: ReturnType<typeof test>[] }, exitCode: number) {
  const name = join(repositoryRoot, 'apps/x.test.ts');
  const result = { name, status: file.status, message: file.message ?? '', assertionResults: file.tests };
  writeFileSync(path, JSON.stringify({ testResults: [result] }));
  return tallyVitest(path, exitCode);
}

describe('the count of a test run', () => {
  it('adds up passed, failed and skipped, and names the failures', () => {
    const tests = [test('a', 'passed'), test('b', 'failed', 'because'), test('c', 'skipped'), test('d', 'todo')];
    const { failures, ...counts } = tally({ status: 'failed', tests }, 1);
    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 2 });
    expect(failures).toEqual(['apps/x.test.ts › b\n    because']);
  });

  it('is a failure for a file that could not be loaded', () => {
    const { failed, failures } = tally({ status: 'failed', message: 'no such module', tests: [] }, 1);
    expect({ failed, failures }).toEqual({ failed: 1, failures: ['apps/x.test.ts\n    no such module'] });
  });

  it('is a failure for an error outside of every test', () => {
    expect(tally({ status: 'passed', tests: [test('a', 'passed')] }, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('is a failure where there is no report', () => {
    expect(tallyVitest(join(folder, 'gone.json'), 139)).toMatchObject({ passed: 0, failed: 1 });
  });
});

it('the last line mentions skipped tests only where there are some', () => {
  const one = { passed: 1, failed: 0, skipped: 0, failures: [] };
  expect(summaryLine(one)).toBe('1 passed, 0 failed');
  expect(summaryLine(add(one, { passed: 1, failed: 2, skipped: 3, failures: [] }))).toBe(
    '2 passed, 2 failed, 3 skipped',
  );
});
