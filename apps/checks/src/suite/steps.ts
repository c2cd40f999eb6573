import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from '../chromium/ensure-chromium.ts';
import { runCommand } from './run-command.ts';
import { REPORT_PATH } from './run-report.ts';
import { oneFailed, onePassed, type Tally } from './tally.ts';
import { tallyVitest } from './vitest-report.ts';

/** As Vitest wants it: a path from the root, where it is started. */
const REPORTER = './apps/checks/src/suite/vitest-reporter.ts';

/** One part of `npm test`; `needs` names a step without which it cannot say anything. */
export interface Step {
  readonly name: string;
  readonly title: string;
  readonly needs?: string;
  readonly run: () => Promise<Tally>;
}

/** An npm script of the root package.json, counted as one check. */
function script(name: string, title: string, fix: string): Step {
  return {
    name,
    title,
    run: async () => {
      const code = await runCommand('npm', ['run', '--silent', name]);
      return code === 0 ? onePassed : oneFailed(`npm run ${name} ended with exit code ${code}. ${fix}`);
    },
  };
}

function vitest(project: string, title: string, options: { needs?: string } = {}): Step {
  return {
    name: `vitest ${project}`,
    title,
    ...options,
    run: async () => {
      const report = join(mkdtempSync(join(tmpdir(), 'wardline-vitest-')), 'report.json');
      const args = ['--project', project, '--maxWorkers=100%', '--reporter=default', `--reporter=${REPORTER}`];
      const code = await runCommand('npx', ['--no-install', 'vitest', 'run', ...args], {
        env: { [REPORT_PATH]: report },
      });
      return tallyVitest(report, code);
    },
  };
}

const chromium: Step = {
  name: 'chromium',
  title: 'A browser for the browser tests',
  run: async () => {
    const found = await ensureChromium();
    if (found.kind === 'missing') return oneFailed(found.whatToDo);
    process.env.CHROMIUM_PATH = found.path;
    process.stdout.write(`${found.path}\n`);
    return onePassed;
  },
};

/** What `npm test` does, in order. */
export const steps: readonly Step[] = [
  script('lint', 'Lint and format', '`npm run fix` repairs most of it.'),
  script('types', 'Types', 'The errors above name the lines.'),
  script('check:dead-code', 'Dead code', 'Remove what is listed above, or use it.'),
  script('build', 'Build', 'The checks on the built server are left out until it builds.'),
  vitest('node', 'Packages and API'),
  vitest('web', 'Console components'),
  chromium,
  vitest('checks', 'The built server: browser, kill, canary, repository', { needs: 'build' }),
];
