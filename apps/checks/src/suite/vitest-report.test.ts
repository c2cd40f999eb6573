import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../repository-root.ts';
import { type FileReport, REPORT_PATH } from './run-report.ts';
import { add, summaryLine } from './tally.ts';
import { tallyVitest } from './vitest-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardline-report-'));
const path = join(folder, 'report.json');
afterAll(() => rmSync(folder, { recursive: true }));

const test = (name: string, state: FileReport['tests'][number]['state'], ...errors: string[]) => ({
  name,
  state,
  errors,
});

function tally(file: Partial<FileReport>, exitCode: number, errors: string[] = []) {
  const report = { path: join(repositoryRoot, 'apps/x.test.ts'), ok: true, tests: [], errors: [], ...file };
  writeFileSync(path, JSON.stringify({ files: [report], errors }));
  return tallyVitest(path, exitCode);
}

describe('the count of a test run', () => {
  it('adds up passed, failed and skipped, and names the failures', () => {
    const tests = [test('a', 'passed'), test('b', 'failed', 'because'), test('c', 'skipped'), test('d', 'skipped')];
    const { failures, ...counts } = tally({ ok: false, tests }, 1);
    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 2 });
    expect(failures).toEqual(['apps/x.test.ts › b\n    because']);
  });

  it('is a failure for what failed beside the tests of a file, with the reason', () => {
    const { failed, failures } = tally({ ok: false, errors: ['in a hook of “g”: no port'] }, 1);
    expect({ failed, failures }).toEqual({ failed: 1, failures: ['apps/x.test.ts\n    in a hook of “g”: no port'] });
  });

  it('is a failure for a test that never ended', () => {
    const { failures, ...counts } = tally({ tests: [test('a', 'passed'), test('b', 'pending')] }, 1);
    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(failures).toEqual(['apps/x.test.ts › b\n    had not ended when the run did']);
  });

  it('is a failure for an error outside of every file, and for one that nobody reports', () => {
    const tests = [test('a', 'passed')];
    expect(tally({ tests }, 1, ['a worker died'])).toMatchObject({
      passed: 1,
      failures: ['outside of every test\n    a worker died'],
    });
    expect(tally({ tests }, 1)).toMatchObject({ passed: 1, failed: 1 });
    expect(tally({ tests, ok: false }, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('is a failure where there is no report', () => {
    expect(tallyVitest(join(folder, 'gone.json'), 139)).toMatchObject({ passed: 0, failed: 1 });
  });
});

/** Runs Vitest itself on test files with these contents. */
function runVitest(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(folder, 'run-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content);
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const reporter = fileURLToPath(new URL('vitest-reporter.ts', import.meta.url));
  const report = join(root, 'report.json');
  const args = [vitest, 'run', '--root', root, '--globals', `--reporter=${reporter}`];
  const { status } = spawnSync(process.execPath, args, { cwd: root, env: { ...process.env, [REPORT_PATH]: report } });
  return tallyVitest(report, status ?? 1);
}

describe('a real run of Vitest', () => {
  it('tells which hook failed and why, what could not be loaded, and what nobody waited for', () => {
    const { failures, ...counts } = runVitest({
      'before.test.js': `describe('g', () => {
        beforeAll(() => { throw new Error('no free port'); });
        it('is left out', () => {});
      });`,
      'after.test.js': `describe('h', () => {
        afterAll(() => new Promise(() => {}), 50);
        it('passes', () => {});
      });`,
      'load.test.js': `throw new TypeError('cannot be loaded');`,
      'fails.test.js': `it('fails', () => expect(1).toBe(2));`,
      'rejects.test.js': `it('passes', () => { Promise.reject(new Error('nobody waits')); });`,
    });
    expect(counts).toEqual({ passed: 2, failed: 5, skipped: 1 });
    const all = failures.join('\n');
    expect(all).toMatch(/before\.test\.js\n.*in a hook of “g”: Error: no free port/);
    expect(all).toMatch(/after\.test\.js\n.*in a hook of “h”: Error: Hook timed out in 50ms/);
    expect(all).toMatch(/load\.test\.js\n.*TypeError: cannot be loaded/);
    expect(all).toMatch(/fails\.test\.js › fails\n.*expected 1 to be 2/);
    expect(all).toMatch(/outside of every test\n.*Error: nobody waits/);
  });

  it('tells of a worker that died, and of the test that it ran', () => {
    const { failures, ...counts } = runVitest({
      'dies.test.js': `it('dies', async () => {
        await new Promise((done) => setTimeout(done, 200));
        process.kill(process.pid, 'SIGKILL');
        await new Promise(() => {});
      });`,
    });
    expect(counts.passed).toBe(0);
    expect(failures.join('\n')).toMatch(/dies\.test\.js › dies\n.*had not ended/);
    expect(failures.join('\n')).toMatch(/outside of every test\n.*Worker.*exited unexpectedly/);
  });
});

it('the last line mentions skipped tests only where there are some', () => {
  const one = { passed: 1, failed: 0, skipped: 0, failures: [] };
  expect(summaryLine(one)).toBe('1 passed, 0 failed');
  expect(summaryLine(add(one, { passed: 1, failed: 2, skipped: 3, failures: [] }))).toBe(
    '2 passed, 2 failed, 3 skipped',
  );
});
