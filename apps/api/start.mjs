// npm start: builds what is not built or is out of date, then runs the server in this process, with the AWS
// simulator beside it unless WARDLINE_SIMULATOR says otherwise. The production entry is dist/main.js.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isFresh, PARTS } from './freshness.mjs';

if (!PARTS.every(isFresh)) {
  // In a process of its own, so that the server does not keep the bundler in memory.
  const builder = fileURLToPath(new URL('./build.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [builder, '--if-needed'], { stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write('Wardline cannot start, because the build failed; the reason is above.\n');
    process.exit(1);
  }
}

process.env.WARDLINE_SIMULATOR ||= 'on';
// A person reads this terminal: no line per request.
process.env.LOG_LEVEL ||= 'warn';
await import('./dist/main.js');
