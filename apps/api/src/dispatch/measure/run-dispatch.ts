import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveDispatch } from './serve-dispatch.ts';

// Run by the benchmark: takes delegates in and dispatches tasks when asked; prints URL and token, then serves until killed.
const dataDir = mkdtempSync(join(tmpdir(), 'wardline-measure-'));
process.stdout.write(`${JSON.stringify(await serveDispatch(dataDir))}\n`);
