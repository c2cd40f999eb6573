// npm run build: builds the server, the delegate, the command line and the console into their dist folders.
// With --if-needed, only what is not built or is older than its sources; with the name of a part, only that.
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { isFresh, markBuilt, PARTS, root, sourceState } from './freshness.mjs';

// What is built is for use: a NODE_ENV=development in the shell would make it React's development build.
process.env.NODE_ENV = 'production';

const onlyIfNeeded = process.argv.includes('--if-needed');
const named = PARTS.filter(({ name }) => process.argv.includes(name));

for (const part of named.length > 0 ? named : PARTS) {
  if (onlyIfNeeded && isFresh(part)) continue;
  const state = sourceState(part);
  const startedAt = performance.now();
  const beside = part.oneFile && `${part.outDir}/.new-${process.pid}`;
  try {
    await build({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      mode: part.mode,
      build: { ssr: part.mode !== 'console', ...(beside && { outDir: beside }) },
    });
    if (beside) renameSync(join(beside, part.oneFile), join(part.outDir, part.oneFile));
  } catch (error) {
    process.stderr.write(`The ${part.name} cannot be built. ${error.message}\n`);
    process.exitCode = 1;
    break;
  } finally {
    if (beside) rmSync(beside, { recursive: true, force: true });
  }
  markBuilt(part, state);
  process.stdout.write(`Built the ${part.name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.\n`);
}
