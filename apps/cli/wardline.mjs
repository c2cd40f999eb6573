#!/usr/bin/env node
// The command line of a checkout, right after `npm ci`. Its sources are TypeScript, which Node 20 cannot run by itself, so
// they are built into one file when that is missing or out of date (half a second), and that file runs. Where nothing can
// be written, Vite's module runner reads the sources each time. Arguments and exit codes are those of src/main.ts.
import { spawnSync } from 'node:child_process';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
// What builds the house stands beside the server, as for the delegate.
const { isFresh, PARTS } = await import(new URL('../api/freshness.mjs', import.meta.url).href);
const part = PARTS.find(({ name }) => name === 'cli');

function build() {
  // What it writes is about the checkout, not the answer to the command.
  const { status } = spawnSync(process.execPath, [here('../api/build.mjs'), '--if-needed', 'cli'], { stdio: 'ignore' });
  return status === 0;
}

async function readSources() {
  const { runnerImport } = await import('vite');
  // Vite sets NODE_ENV for itself; nothing here depends on it, and what the command starts must not inherit it.
  const { NODE_ENV } = process.env;
  const keepNodeEnv = {
    name: 'keep-node-env',
    configResolved() {
      if (NODE_ENV === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = NODE_ENV;
    },
  };
  const imported = await runnerImport(here('./src/main.ts'), {
    logLevel: 'error',
    plugins: [keepNodeEnv],
    environments: { inline: { resolve: { noExternal: [/^@wardline\//] } } },
  });
  return imported.module;
}

// Node 22 and later keep what they compiled for the next time: here, not where others can write.
module.enableCompileCache?.(here('./dist/.compiled'));
const { main } = isFresh(part) || build() ? await import('./dist/cli.mjs') : await readSources();
process.exitCode = await main(process.argv.slice(2));
