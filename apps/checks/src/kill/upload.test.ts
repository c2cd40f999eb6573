import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SqliteDatabase from 'libsql';
import { afterAll, expect, it } from 'vitest';
import { AS_ADMINISTRATOR } from '../server/api-key.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';

const FILES = '/ng/api/v2/secrets/files';
const BOUNDARY = 'form-of-the-check';
const dataDir = mkdtempSync(join(tmpdir(), 'wardline-upload-'));
let server: RunningServer;
afterAll(async () => {
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = async () => {
  server = await startServer({ dataDir, env: { WARDLINE_SIMULATOR: 'off' } });
};

/** An upload up to somewhere in its file. */
function begin(method: 'POST' | 'PUT', path: string, identifier: string, content: string | Buffer): ClientRequest {
  const headers = { ...AS_ADMINISTRATOR, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  const upload = request(server.url + FILES + path, { method, headers });
  upload.on('error', () => {});
  const head = (disposition: string) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`;
  const secret = { type: 'SecretFile', name: identifier, identifier, spec: {} };
  upload.write(`${head('name="spec"')}${JSON.stringify({ secret })}\r\n${head('name="file"; filename="f"')}`);
  upload.write(content);
  return upload;
}

/** What the database has, looked at from outside of the server. */
function inDatabase<T>(look: (database: SqliteDatabase.Database) => T): T {
  const database = new SqliteDatabase(join(dataDir, 'wardline.db'));
  try {
    return look(database);
  } finally {
    database.close();
  }
}

const count = (table: 'file_bodies' | 'file_chunks') =>
  inDatabase((database) => (database.prepare(`select count(*) as n from ${table}`).get([]) as { n: number }).n);

const download = (identifier: string) =>
  fetch(`${server.url}/api/secrets/files/${identifier}`, { headers: AS_ADMINISTRATOR });

it('a server that is killed in the middle of an upload keeps what it had, and sweeps what came of the rest', async () => {
  await start();
  const complete = begin('POST', '', 'before', 'the first content');
  const answered = once(complete, 'response');
  complete.end(`\r\n--${BOUNDARY}--\r\n`);
  expect((await answered)[0].statusCode).toBe(200);

  for (const [method, path, identifier] of [
    ['PUT', '/before', 'before'],
    ['POST', '', 'never'],
  ] as const) {
    const bodies = count('file_bodies');
    begin(method, path, identifier, Buffer.alloc(1_000_000, 'x'));
    while (count('file_bodies') === bodies) await sleep(20);
    await server.kill();
    await start();
    expect(await (await download('before')).text()).toBe('the first content');
    expect(await (await download('never')).json()).toMatchObject({ code: 'RESOURCE_NOT_FOUND_EXCEPTION' });
  }
  expect(count('file_bodies')).toBe(3);

  // An hour later.
  const { kill } = server;
  await kill();
  inDatabase((database) => database.prepare("update file_bodies set created_at = '2020-01-01T00:00:00.000Z'").run([]));
  await start();
  while (count('file_bodies') > 1) await sleep(20);
  expect(count('file_chunks')).toBe(1);
  expect(await (await download('before')).text()).toBe('the first content');
});
