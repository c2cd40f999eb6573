import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { repositoryRoot } from '../repository-root.ts';
import type { Measurement } from './measurement.ts';

const dist = join(repositoryRoot, 'apps/web/dist');
const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)(?:[\w*${},\s]*?from)?\s*["'](\.{1,2}\/[^"']+\.js)["']/g;

/** The entry scripts and preloads of the built page, and what they import statically: what a first visit waits for. */
function firstLoadScripts(): string[] {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1] ?? '');
  const found = new Set<string>();
  const queue = [...named];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const source = readFileSync(join(dist, file), 'utf8');
    for (const match of source.matchAll(STATIC_IMPORT)) queue.push(posix.join(posix.dirname(file), match[1] ?? ''));
  }
  return [...found];
}

/** The JavaScript of the console's first load, gzipped as a server would; kB are 1000 bytes. */
export function measureBundle(): Measurement[] {
  const files = firstLoadScripts();
  const bytes = files.map((file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  return [
    {
      name: 'console, first load of JavaScript, gzipped',
      value: total / 1000,
      unit: 'kB',
      budget: 170,
      detail: `${files.length} files`,
    },
  ];
}
