#!/usr/bin/env node
// The command line of a checkout, right after `npm ci`: its sources are TypeScript, which Node 20 cannot run by itself,
// so Vite's module runner reads them. Its arguments and exit codes are those of src/main.ts.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// Vite sets NODE_ENV for itself; nothing here depends on it, and what the command starts must not inherit it.
const { NODE_ENV } = process.env;
const keepNodeEnv = {
  name: 'keep-node-env',
  configResolved() {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  },
};

const { module } = await runnerImport(fileURLToPath(new URL('./src/main.ts', import.meta.url)), {
  logLevel: 'error',
  plugins: [keepNodeEnv],
  environments: { inline: { resolve: { noExternal: [/^@wardline\//] } } },
});
process.exitCode = await module.main(process.argv.slice(2));
