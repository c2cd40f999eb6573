// Runs one TypeScript script on every supported Node, through Vite's module runner:
//   node apps/checks/run.mjs <script.ts> [arguments]
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [node, , script, ...rest] = process.argv;
if (!script) throw new Error('Say which script to run: node apps/checks/run.mjs <script.ts> [arguments]');

// Vite sets NODE_ENV for itself; what the script starts (a build above all) must not inherit that.
const { NODE_ENV } = process.env;
const keepNodeEnv = {
  name: 'keep-node-env',
  configResolved() {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  },
};

const path = resolve(script);
process.argv = [node ?? 'node', path, ...rest];
await runnerImport(path, {
  logLevel: 'error',
  plugins: [keepNodeEnv],
  // The workspace's own packages are TypeScript source, which Node 20 cannot load by itself.
  environments: { inline: { resolve: { noExternal: [/^@wardline\//] } } },
});
