import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../test-connection/testing/start-server.ts';
import { fileCalls } from './testing/file-calls.ts';
import { stored } from './testing/file-world.ts';
import { file, spec } from './testing/form.ts';
import { until } from './testing/open-upload.ts';

const BROKEN_OFF = 'the answer was broken off';

let server: TestServer;
let files: ReturnType<typeof fileCalls>;
beforeAll(async () => {
  server = await startServer('sqlite');
  files = fileCalls(server.url);
});
afterAll(() => server.close());

it('a client that leaves a download is no error, and one whose file is damaged is in the log with it', async () => {
  await files.create(spec('left'), file(randomBytes(8_000_000)));
  const reading = get(`${server.url}/api/secrets/files/left`, { headers: files.asAdmin });
  const [answer] = (await once(reading, 'response')) as [IncomingMessage];
  await once(answer, 'data');
  answer.destroy();
  await until(async () => server.log().includes('stream closed prematurely'));
  expect((await files.contentOf('left')).length).toBe(8_000_000);
  expect(server.log()).not.toContain(BROKEN_OFF);

  const { body_id } = await stored(server.db).valueOf('left');
  await server.db
    .deleteFrom('file_chunks')
    .where('body_id', '=', body_id ?? '')
    .where('seq', '=', 20)
    .execute();
  await expect((await files.download('left')).arrayBuffer()).rejects.toThrow('terminated');
  await until(async () => server.log().includes(BROKEN_OFF));
});
