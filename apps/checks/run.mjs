// Runs one TypeScript script on every supported Node, through Vite's module runner:
//   node apps/checks/run.mjs <script.ts> [arguments]
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [node, , script, ...rest] = process.argv;
if (!script) throw new Error('Say which script to run: node apps/checks/run.mjs <script.ts> [arguments]');

const path = resolve(script);
process.argv = [node ?? 'node', path, ...rest];
await runnerImport(path, {
  logLevel: 'error',
  // The workspace's own packages are TypeScript source, which Node 20 cannot load by itself.
  environments: { inline: { resolve: { noExternal: [/^@wardline\//] } } },
});
