import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditVerificationSchema } from '@wardline/contracts';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { API_KEY } from '../server/api-key.ts';
import { freePort } from '../server/free-port.ts';
import { secretBody } from '../server/requests.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { wardline } from './wardline.ts';

let server: RunningServer;
const folder = mkdtempSync(join(tmpdir(), 'wardline-cli-'));
const key = { WARDLINE_API_KEY: API_KEY };
const verify = (...args: string[]) => wardline(['audit', 'verify', '--url', server.url, ...args], key);

beforeAll(async () => {
  server = await startServer();
  for (const name of ['one', 'two', 'three']) {
    await mustSucceed(apiClient(server.url), 'POST', '/ng/api/v2/secrets', secretBody(name, 'a value'));
  }
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('wardline audit verify', () => {
  it('tells that the log holds, and a head that the next verification expects', async () => {
    const { exitCode, out } = await verify();
    expect(out).toMatch(/^The audit log holds: \d+ events, numbers 1 to \d+\.$/m);
    expect(exitCode).toBe(0);
    const [, head = ''] = /^Head: (\d+:[0-9a-f]{64})$/m.exec(out) ?? [];
    expect((await verify('--expect-head', head)).exitCode).toBe(0);

    const other = await verify('--json', '--expect-head', 'f'.repeat(64));
    expect(other.exitCode).toBe(1);
    expect(auditVerificationSchema.parse(JSON.parse(other.out))).toMatchObject({
      verified: false,
      brokenAt: { reason: 'expected-head-missing' },
    });
  });

  it('takes the address from WARDLINE_URL and the key from a file', async () => {
    const file = join(folder, 'key');
    writeFileSync(file, `${API_KEY}\n`, { mode: 0o600 });
    const ended = await wardline(['audit', 'verify', '--json', '--api-key-file', file], { WARDLINE_URL: server.url });
    expect(ended.error).toBe('');
    expect(auditVerificationSchema.parse(JSON.parse(ended.out)).verified).toBe(true);
    expect(ended.exitCode).toBe(0);
  });

  it('ends with 2 where it was not understood', async () => {
    const usages = await Promise.all([
      wardline(['audit', 'verify', '--url', server.url]),
      verify('--expect-head', 'abc'),
      verify('--api-key', API_KEY),
      wardline(['audit', 'verify', '--url', 'nowhere'], key),
      wardline(['audit', 'verify', '--api-key-file', join(folder, 'missing')]),
    ]);
    expect(usages.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2, 2]);
    expect(usages[0]?.error).toContain('WARDLINE_API_KEY');
  });

  it('ends with 3 where the server cannot be asked, and says why', async () => {
    const nobody = await wardline(['audit', 'verify', '--url', `http://127.0.0.1:${await freePort()}`], key);
    expect([nobody.exitCode, nobody.error]).toEqual([3, expect.stringContaining('ECONNREFUSED')]);
    const unknown = await wardline(['audit', 'verify', '--url', server.url], { WARDLINE_API_KEY: 'sat.default.a.b' });
    expect([unknown.exitCode, unknown.error]).toEqual([3, expect.stringContaining('API key')]);
  });

  it('names the first event that was tampered with, and ends with 1', async () => {
    const database = new Database(join(server.dataDir, 'wardline.db'));
    database.pragma('busy_timeout = 5000');
    database.exec(`update audit_events set event = replace(event, '"two"', '"too"') where resource_identifier = 'two'`);
    database.close();
    const { exitCode, out } = await verify();
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^The audit log is BROKEN at event \d+ \([0-9a-f-]{36}\)\.$/m);
    expect(out).toContain('not as it was recorded');
    const json = auditVerificationSchema.parse(JSON.parse((await verify('--json')).out));
    expect(json).toMatchObject({ verified: false, brokenAt: { reason: 'changed' } });
  });
});
