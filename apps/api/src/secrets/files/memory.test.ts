import { FILE_MAX_BYTES } from '@wardline/contracts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../test-support/test-app.ts';
import { storeContent } from './store-content.ts';
import { storedChunks } from './stored-chunks.ts';

const PIECE = Buffer.alloc(64 * 1024, 'content');
/** V8 by itself waits for 32 MB. */
const AT_MOST = 6_000_000;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp('sqlite');
});
afterAll(() => app.close());

/** The most that Buffers take while the pieces pass, in bytes above what they took before. */
async function* watching<T>(pieces: AsyncIterable<T>, seen: (above: number) => void): AsyncGenerator<T> {
  const before = process.memoryUsage().arrayBuffers;
  for await (const piece of pieces) {
    yield piece;
    seen(process.memoryUsage().arrayBuffers - before);
  }
}

async function* content(): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < FILE_MAX_BYTES; sent += PIECE.length) yield Buffer.from(PIECE);
}

it('a file of the largest size passes both ways in a few megabytes', async () => {
  const { storage, now } = app.deps;
  let most = 0;
  const seen = (above: number) => {
    most = Math.max(most, above);
  };
  const deps = { storage, now, logger: pino({ level: 'silent' }) };
  const { bodyId } = await storeContent(deps, watching(content(), seen));
  expect(most).toBeLessThan(AT_MOST);

  most = 0;
  let bytes = 0;
  for await (const chunk of watching(storedChunks(storage, bodyId), seen)) bytes += chunk.length;
  expect(bytes).toBeGreaterThan(FILE_MAX_BYTES);
  expect(most).toBeLessThan(AT_MOST);
});
