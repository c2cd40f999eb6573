import type { SimulatorSeed } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { API_KEY } from '../server/api-key.ts';
import { accessKeyConnectorBody, secretBody, seeded } from '../server/requests.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { wardline } from './wardline.ts';

let server: RunningServer;
let env: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  env = { WARDLINE_URL: server.url, WARDLINE_API_KEY: API_KEY };
  const call = apiClient(server.url);
  const seed = await mustSucceed<SimulatorSeed>(call, 'GET', '/api/simulator');
  const user = seeded(seed.users, 'wardline');
  const stored = { access_key: user.accessKeyId, secret_key: user.secretAccessKey, moved: 'one', stays: 'two' };
  for (const [identifier, value] of Object.entries(stored)) {
    await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody(identifier, value));
  }
  const connector = accessKeyConnectorBody({
    identifier: 'production',
    keyArn: seeded(seed.keys, 'working').arn,
    region: seed.region,
    accessKeyRef: 'account.access_key',
    secretKeyRef: 'account.secret_key',
    executeOnDelegate: false,
  });
  await mustSucceed(call, 'POST', '/ng/api/connectors', connector);
});
afterAll(() => server.stop());

describe('wardline rewraps', () => {
  it('moves secrets to another manager, and watches until all can be read there', async () => {
    const ends = ['--from', 'harnessSecretManager', '--to', 'account.production'];
    const started = await wardline(['rewraps', 'start', ...ends, '--secret', 'moved'], env);
    expect([started.exitCode, started.error]).toEqual([0, '']);
    const id = started.out.trim();
    const watched = await wardline(['rewraps', 'watch', id], env);
    expect(watched.out).toMatch(/ is done: 1 of 1 secrets encrypted anew, 0 already were, 0 failed\.\n$/);
    expect(watched.exitCode).toBe(0);
    expect((await wardline(['secrets', 'get', 'account.moved'], env)).out).toBe('one');
    const { secrets } = JSON.parse((await wardline(['secrets', 'list', '--json'], env)).out);
    const managers = Object.fromEntries(
      secrets.map((one: { identifier: string; manager: string }) => [one.identifier, one.manager]),
    );
    expect(managers).toMatchObject({ moved: 'production', stays: 'harnessSecretManager' });

    const listed = JSON.parse((await wardline(['rewraps', 'list', '--json'], env)).out);
    expect(listed.rewraps).toMatchObject([{ id, state: 'done', total: 1, rewrapped: 1, failed: 0 }]);
  });

  it('ends with 1 where a secret could not be encrypted anew, and names it', async () => {
    const ends = ['--from', 'harnessSecretManager', '--to', 'account.production'];
    const watched = await wardline(['rewraps', 'start', ...ends, '--secret', 'access_key', '--watch', '--json'], env);
    // A credential of a connector stays in the built-in manager.
    const { failed, failures } = JSON.parse(watched.out);
    expect([watched.exitCode, failed]).toEqual([1, 1]);
    expect(failures).toMatchObject([{ reference: 'account.access_key' }]);
  });

  it('says what cannot begin', async () => {
    const refused = await wardline(['rewraps', 'start', '--from', 'account.none', '--to', 'account.production'], env);
    expect([refused.exitCode, refused.error]).toEqual([3, expect.stringContaining('none')]);
    expect((await wardline(['rewraps', 'start'], env)).exitCode).toBe(2);
  });
});
