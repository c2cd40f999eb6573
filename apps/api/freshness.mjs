// Whether what is built is as new as its sources. Plain JavaScript without dependencies: it runs
// before anything is built, and on every start.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const at = (...path) => join(root, ...path);

const SHARED = [at('packages'), at('package-lock.json'), at('vite.config.ts'), at('tsconfig.json')];

/** What is built, where to, and from what. */
export const PARTS = [
  {
    name: 'server',
    outDir: at('apps/api/dist'),
    mode: 'server',
    sources: [...SHARED, at('apps/api/src'), at('apps/api/package.json')],
  },
  {
    name: 'delegate',
    outDir: at('apps/delegate/dist'),
    mode: 'delegate',
    sources: [...SHARED, at('apps/delegate/src'), at('apps/delegate/package.json')],
  },
  {
    name: 'cli',
    outDir: at('apps/cli/dist'),
    // Commands that run at the same time may all find it out of date: the file is replaced in one step.
    oneFile: 'cli.mjs',
    mode: 'cli',
    sources: [...SHARED, at('apps/cli/src'), at('apps/cli/package.json')],
  },
  {
    name: 'console',
    outDir: at('apps/web/dist'),
    mode: 'console',
    sources: [
      ...SHARED,
      at('apps/web/src'),
      at('apps/web/public'),
      at('apps/web/index.html'),
      at('apps/web/package.json'),
    ],
  },
];

const stampOf = ({ outDir }) => join(outDir, '.built-from');

/**
 * The newest modification time below a path, in milliseconds. Folders count too, since a deleted file changes only
 * its folder; tests and dependencies do not.
 */
function newest(path) {
  if (!existsSync(path) || /\.test\.tsx?$/.test(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const entries = readdirSync(path).filter((name) => name !== 'node_modules' && name !== 'dist');
  const own = path.includes(`${join('/', 'src')}`) ? stat.mtimeMs : 0;
  return Math.max(own, ...entries.map((name) => newest(join(path, name))));
}

/** The state of a part's sources, to compare with the one it was built from. */
export const sourceState = ({ sources }) => String(Math.max(...sources.map(newest)));

/** @returns whether the part was built from its sources as they are now. */
export function isFresh(part) {
  const stamp = stampOf(part);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceState(part);
}

/** Notes what a part was built from; `state` was taken before the build, so that edits made meanwhile count as new. */
export const markBuilt = (part, state) => writeFileSync(stampOf(part), state);
