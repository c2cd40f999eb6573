// npm run delegate: builds the delegate if it is not built or is out of date, then runs it in this process. It is
// configured by the environment: DELEGATE_TOKEN, MANAGER_HOST_AND_PORT, DELEGATE_NAME, DELEGATE_TAGS, …
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// In a process of its own, so that the delegate does not keep the bundler in memory.
const builder = fileURLToPath(new URL('../api/build.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [builder, '--if-needed', 'delegate'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);
await import('./dist/delegate.mjs');
