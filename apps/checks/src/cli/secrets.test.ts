import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY } from '../server/api-key.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { wardline, wardlineInTerminal } from './wardline.ts';

let server: RunningServer;
let env: Record<string, string>;
const folder = mkdtempSync(join(tmpdir(), 'wardline-cli-secrets-'));

beforeAll(async () => {
  server = await startServer();
  env = { WARDLINE_URL: server.url, WARDLINE_API_KEY: API_KEY };
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

describe('wardline secrets set', () => {
  it('creates a secret from the standard input, and changes what it is told to', async () => {
    const args = ['secrets', 'set', 'account.token', '--tag', 'team=web', '--tag', 'old', '--description', 'A token'];
    const created = await wardline(args, env, 'first value\n');
    expect([created.exitCode, created.error]).toEqual([0, '']);
    expect(created.out).toMatch(/^Created account\.token, .*11 bytes/);
    const json = ['--json', '--untag', 'old', '--name', 'Token'];
    const changed = JSON.parse((await wardline(['secrets', 'set', 'account.token', ...json], env, 'second')).out);
    expect(changed).toMatchObject({ created: false, name: 'Token', description: 'A token', tags: { team: 'web' } });
    expect(changed.type).toBe('text');
  });

  it('takes the value from a file, or asks for it in a terminal without showing it', async () => {
    const file = join(folder, 'value');
    writeFileSync(file, 'from a file');
    expect((await wardline(['secrets', 'set', 'from_file', '--file', file], env)).out).toContain('11 bytes');
    const typed = { env, question: 'Value of account.typed', typed: 'a typed value\r' };
    const { out, exitCode } = await wardlineInTerminal(['secrets', 'set', 'account.typed'], typed);
    expect(out).toContain('13 bytes');
    expect(out).not.toContain('typed value');
    expect(exitCode).toBe(0);
  });

  it('takes no value as an argument, and none that is empty or no text', async () => {
    expect((await wardline(['secrets', 'set', 'account.x', 'value'], env)).exitCode).toBe(2);
    const empty = await wardline(['secrets', 'set', 'account.x'], env, '\n');
    expect([empty.exitCode, empty.error]).toEqual([2, expect.stringContaining('empty')]);
    const binary = await wardline(['secrets', 'set', 'account.x'], env, new Uint8Array([1, 255, 254]));
    expect([binary.exitCode, binary.error]).toEqual([2, expect.stringContaining('files put')]);
    expect((await wardline(['secrets', 'set', 'account.x.y'], env, 'v')).exitCode).toBe(2);
  });

  it('says what the server refuses', async () => {
    const refused = await wardline(['secrets', 'set', 'account.x', '--manager', 'account.none'], env, 'value');
    expect([refused.exitCode, refused.error]).toEqual([3, expect.stringContaining('account.none')]);
  });
});

describe('wardline secrets list', () => {
  it('lists without values: lines, and JSON', async () => {
    await wardline(['secrets', 'set', 'listed_one', '--name', 'Listed one'], env, 'the value of one');
    await wardline(['secrets', 'set', 'listed_two'], env, 'the value of two');
    const { out } = await wardline(['secrets', 'list', '--search', 'listed'], env);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(lines.map(([reference, type]) => [reference, type])).toEqual([
      ['account.listed_two', 'text'],
      ['account.listed_one', 'text'],
    ]);
    expect(out).not.toContain('value of');
    const json = await wardline(['secrets', 'list', '--json', '--search', 'Listed one'], env);
    expect(JSON.parse(json.out).secrets).toMatchObject([{ reference: 'account.listed_one', name: 'Listed one' }]);
  });

  it('follows every page', async () => {
    const identifiers = Array.from({ length: 130 }, (_, index) => `paged_${index}`);
    for (const identifier of identifiers) {
      const body = {
        secret: { type: 'SecretText', name: identifier, identifier, spec: { valueType: 'Inline', value: 'v' } },
      };
      await fetch(`${server.url}/ng/api/v2/secrets`, {
        method: 'POST',
        headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    }
    const { out } = await wardline(['secrets', 'list', '--search', 'paged_', '--json'], env);
    const listed: { identifier: string }[] = JSON.parse(out).secrets;
    expect(listed.map(({ identifier }) => identifier).toSorted()).toEqual(identifiers.toSorted());
  });
});

describe('wardline secrets restore', () => {
  it('makes an older version the newest, value and all', async () => {
    const reference = 'account.restored';
    await wardline(['secrets', 'set', reference, '--description', 'one'], env, 'first');
    await wardline(['secrets', 'set', reference, '--description', 'two'], env, 'second');
    const { exitCode, out } = await wardline(['secrets', 'restore', reference, '1', '--json'], env);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ restored: 1, reference, version: 3, description: 'one' });
    expect((await wardline(['secrets', 'get', reference], env)).out).toBe('first');
    expect(await wardline(['secrets', 'restore', reference, '9'], env)).toMatchObject({ exitCode: 3 });
    const none = await wardline(['secrets', 'restore', reference, '0'], env);
    expect([none.exitCode, none.error]).toEqual([2, expect.stringContaining('number of a version')]);
  });
});

describe('wardline secrets delete', () => {
  it('deletes nothing until it is told that it is meant so', async () => {
    await wardline(['secrets', 'set', 'account.to_delete'], env, 'value');
    const asked = await wardline(['secrets', 'delete', 'account.to_delete'], env);
    expect([asked.exitCode, asked.error]).toEqual([2, expect.stringContaining('--yes')]);
    expect((await wardline(['secrets', 'get', 'account.to_delete'], env)).out).toBe('value');
    const { out } = await wardline(['secrets', 'delete', 'account.to_delete', '--yes', '--json'], env);
    expect(JSON.parse(out)).toEqual({ reference: 'account.to_delete', deleted: true });
    expect(await wardline(['secrets', 'get', 'account.to_delete'], env)).toMatchObject({ exitCode: 1 });
    expect(await wardline(['secrets', 'delete', 'account.to_delete', '--yes'], env)).toMatchObject({ exitCode: 3 });
  });
});

describe('wardline secrets managers', () => {
  it('lists where secrets can be kept, and how many are', async () => {
    const { out } = await wardline(['secrets', 'managers', '--json'], env);
    const { managers, proofDays } = JSON.parse(out);
    expect(proofDays).toBe(7);
    expect(managers).toEqual([
      expect.objectContaining({ reference: 'harnessSecretManager', kind: 'built-in', default: true, disabled: false }),
    ]);
    const stored = JSON.parse((await wardline(['secrets', 'list', '--json'], env)).out).secrets;
    expect(managers[0].secrets).toBe(stored.length);
    const plain = await wardline(['secrets', 'managers'], env);
    expect(plain.out).toMatch(/^harnessSecretManager\*\tbuilt-in\tSUCCESS\t/);
  });
});
