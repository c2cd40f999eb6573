// npm run dev: rebuilds and restarts the API when its sources change, and serves the console with hot reload on a
// port of its own, which passes /api and /ng on to the API. Ctrl-C ends both.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, createServer } from 'vite';
import { root } from './freshness.mjs';

const configFile = join(root, 'vite.config.ts');
const env = { WARDLINE_SIMULATOR: 'on', LOG_LEVEL: 'info', ...process.env };
let api;

function startApi() {
  api = spawn(process.execPath, ['--enable-source-maps', join(root, 'apps/api/dist/main.js')], {
    env,
    stdio: 'inherit',
  });
}

async function stopApi() {
  if (!api || api.exitCode !== null || api.signalCode !== null) return;
  const ended = new Promise((resolve) => api.once('exit', resolve));
  api.kill('SIGTERM');
  await ended;
}

const watcher = await build({
  configFile,
  logLevel: 'warn',
  build: { ssr: true, watch: {}, emptyOutDir: false },
});
let restart = Promise.resolve();
watcher.on('event', (event) => {
  if (event.code === 'ERROR') process.stderr.write(`${event.error.message}\nThe API keeps running as it was.\n`);
  if (event.code === 'END') restart = restart.then(stopApi).then(startApi);
});

const web = await createServer({ configFile, server: { host: '127.0.0.1' } });
await web.listen();
process.stdout.write('The console, with hot reload:\n');
web.printUrls();

async function stop() {
  await Promise.all([watcher.close(), web.close(), restart.then(stopApi)]);
  process.exit(0);
}
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
