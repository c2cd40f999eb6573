import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY } from '../server/api-key.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { wardline } from './wardline.ts';

const MIB = 1024 * 1024;
const CONTENT = randomBytes(3 * MIB + 17);

let server: RunningServer;
let env: Record<string, string>;
const folder = mkdtempSync(join(tmpdir(), 'wardline-cli-files-'));
const inFolder = (name: string, content?: Uint8Array) => {
  const path = join(folder, name);
  if (content) writeFileSync(path, content);
  return path;
};

beforeAll(async () => {
  server = await startServer();
  env = { WARDLINE_URL: server.url, WARDLINE_API_KEY: API_KEY };
  await wardline(['files', 'put', 'account.keystore', inFolder('keystore', CONTENT), '--tag', 'a=b'], env);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

describe('wardline files', () => {
  it('stores a file and fetches it, for its owner alone', async () => {
    const out = inFolder('fetched');
    const got = await wardline(['files', 'get', 'account.keystore', out, '--json'], env);
    expect([got.exitCode, got.error]).toEqual([0, '']);
    expect(JSON.parse(got.out)).toEqual({ reference: 'account.keystore', out, bytes: CONTENT.length });
    expect(readFileSync(out).equals(CONTENT)).toBe(true);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('reads the standard input, and writes the standard output', async () => {
    const put = await wardline(['files', 'put', 'account.piped', '-', '--json'], env, CONTENT);
    expect(JSON.parse(put.out)).toMatchObject({ created: true, type: 'file', bytes: CONTENT.length, version: 1 });
    expect((await wardline(['files', 'get', 'account.piped', '-'], env)).outBytes.equals(CONTENT)).toBe(true);
  });

  it('changes a stored file, and fetches the one before', async () => {
    await wardline(['files', 'put', 'account.changed', inFolder('one', Buffer.from('one')), '--description', 'd'], env);
    const changed = await wardline(
      ['files', 'put', 'account.changed', inFolder('two', Buffer.from('two')), '--json'],
      env,
    );
    expect(JSON.parse(changed.out)).toMatchObject({ created: false, version: 2, description: 'd' });
    expect((await wardline(['files', 'get', 'account.changed', '-'], env)).out).toBe('two');
    expect((await wardline(['files', 'get', 'account.changed', '-', '--file-version', '1'], env)).out).toBe('one');
  });

  it('takes a file without content', async () => {
    await wardline(['files', 'put', 'account.empty', inFolder('empty', Buffer.alloc(0))], env);
    const out = inFolder('empty-fetched');
    expect((await wardline(['files', 'get', 'account.empty', out], env)).exitCode).toBe(0);
    expect(statSync(out).size).toBe(0);
  });

  it('replaces a file only when told to', async () => {
    const out = inFolder('kept', Buffer.from('kept'));
    const refused = await wardline(['files', 'get', 'account.keystore', out], env);
    expect([refused.exitCode, refused.error]).toEqual([2, expect.stringContaining('--force')]);
    expect(readFileSync(out, 'utf8')).toBe('kept');
    expect((await wardline(['files', 'get', 'account.keystore', out, '--force'], env)).exitCode).toBe(0);
    expect(readFileSync(out).equals(CONTENT)).toBe(true);
  });

  it('says that a file is too large: before it is sent, or while it comes from another program', async () => {
    const large = new Uint8Array(10 * MIB + 1);
    const named = await wardline(['files', 'put', 'account.large', inFolder('large', large)], env);
    expect([named.exitCode, named.error]).toEqual([2, expect.stringContaining('at most')]);
    const piped = await wardline(['files', 'put', 'account.large', '-'], env, large);
    expect([piped.exitCode, piped.error]).toEqual([3, expect.stringContaining('at most 10 MiB')]);
    expect((await wardline(['files', 'get', 'account.large', '-'], env)).exitCode).toBe(3);
  });

  it('keeps texts and files apart, and says which command is meant', async () => {
    await wardline(['secrets', 'set', 'account.text'], env, 'a text');
    const put = await wardline(['files', 'put', 'account.text', '-'], env, 'x');
    expect([put.exitCode, put.error]).toEqual([2, expect.stringContaining('wardline secrets set')]);
    const set = await wardline(['secrets', 'set', 'account.keystore'], env, 'x');
    expect([set.exitCode, set.error]).toEqual([2, expect.stringContaining('wardline files put')]);
    const get = await wardline(['secrets', 'get', 'account.keystore'], env);
    expect([get.exitCode, get.out, get.error]).toEqual([
      1,
      '',
      expect.stringContaining('wardline files get account.keystore'),
    ]);
  });

  it('leaves nothing behind when what is stored is damaged', async () => {
    await wardline(['files', 'put', 'account.damaged', inFolder('whole', CONTENT)], env);
    const database = new Database(join(server.dataDir, 'wardline.db'));
    database.pragma('busy_timeout = 5000');
    const last = `seq = (select max(seq) from file_chunks where body_id = (select body_id from file_chunks order by rowid desc limit 1))`;
    database.exec(`update file_chunks set bytes = zeroblob(length(bytes)) where ${last}
      and body_id = (select body_id from file_chunks order by rowid desc limit 1)`);
    database.close();
    const out = inFolder('damaged');
    const { exitCode, error } = await wardline(['files', 'get', 'account.damaged', out], env);
    expect([exitCode, error]).toEqual([3, expect.stringContaining('broke off before the file was complete')]);
    expect(readdirSync(folder).filter((name) => name.startsWith('damaged'))).toEqual([]);
  });
});
