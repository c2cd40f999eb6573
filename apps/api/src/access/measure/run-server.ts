import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveSecrets } from './serve-secrets.ts';

// Run by the benchmark: one route with the checks of every request, or without; prints the URL, then serves until killed.
const [checks, apiKey] = process.argv.slice(2);
if ((checks !== 'with' && checks !== 'without') || !apiKey) throw new Error('Say with or without, and the API key.');
const dataDir = mkdtempSync(join(tmpdir(), 'wardline-measure-'));
process.stdout.write(`${await serveSecrets({ checks, apiKey, dataDir })}\n`);
