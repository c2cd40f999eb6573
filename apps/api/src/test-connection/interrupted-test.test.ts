import { setTimeout as sleep } from 'node:timers/promises';
import type { TestResult } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeEachEngine } from '../test-support/test-app.ts';
import { connector, credentials, seedUser } from './testing/connectors.ts';
import { createConnector, createSecret, streamTest, testStored } from './testing/requests.ts';
import { startServer, type TestServer } from './testing/start-server.ts';

let server: TestServer;
let count = 0;
let identifier: string;

async function lastTest(): Promise<TestResult | null> {
  const answer = await server.fetch(`/api/connectors/${identifier}/last-test`);
  return ((await answer.json()) as { data: TestResult | null }).data;
}

const pathOf = (id: string) => `/ng/api/connectors/testConnection/${id}`;

describeEachEngine((engine) => {
  beforeAll(async () => {
    server = await startServer(engine);
    const user = seedUser(server.simulator.seed, 'wardline');
    await createSecret(server, 'access_key', user.accessKeyId);
    await createSecret(server, 'secret_key', user.secretAccessKey);
  });
  afterAll(() => server.close());

  beforeEach(async () => {
    identifier = `slow_${++count}`;
    await createConnector(server, connector(server, identifier, credentials(server).ManualConfig));
    server.simulator.faults.add({ kind: 'latency', service: 'kms', operation: 'GenerateDataKey', ms: 300 });
  });
  afterEach(() => server.simulator.faults.clear());

  describe('a test whose client goes away', () => {
    it('is given up and leaves nothing behind, as a stream', async () => {
      const gone = new AbortController();
      const stream = await streamTest(server, pathOf(identifier), { signal: gone.signal });
      const reader = stream.body?.getReader();
      await reader?.read();
      gone.abort();
      await sleep(700);
      expect(await lastTest()).toBeNull();
    });

    it('is given up and leaves nothing behind, as JSON', async () => {
      const gone = AbortSignal.timeout(100);
      await expect(server.fetch(pathOf(identifier), { method: 'POST', signal: gone })).rejects.toThrow();
      await sleep(700);
      expect(await lastTest()).toBeNull();
    });

    it('is no error of the server', async () => {
      const before = server.log().length;
      const gone = AbortSignal.timeout(100);
      await expect(server.fetch(pathOf(identifier), { method: 'POST', signal: gone })).rejects.toThrow();
      await sleep(700);
      expect(server.log().slice(before)).not.toMatch(/"level":(50|60)/);
    });
  });

  describe('a connector that changes while its test runs', () => {
    it('does not get the outcome of what it was before', async () => {
      const running = testStored(server, identifier);
      await sleep(100);
      const changed = connector(server, identifier, credentials(server).ManualConfig);
      const update = await server.fetch(`/ng/api/connectors`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ connector: { ...changed, name: 'another name' } }),
      });
      expect(update.status).toBe(200);
      expect((await running).status).toBe('SUCCESS');
      expect(await lastTest()).toBeNull();
    });

    it('does not get the outcome that it had with the old value of a secret', async () => {
      const user = seedUser(server.simulator.seed, 'wardline');
      const secretKey = `key_of_${identifier}`;
      await createSecret(server, secretKey, user.secretAccessKey);
      identifier = `own_${identifier}`;
      const { ManualConfig } = credentials(server);
      const credential = { ...ManualConfig, spec: { ...ManualConfig.spec, secretKey: `account.${secretKey}` } };
      await createConnector(server, connector(server, identifier, credential));
      const running = testStored(server, identifier);
      await sleep(100);
      const spec = { secretManagerIdentifier: 'harnessSecretManager', valueType: 'Inline', value: 'another one' };
      const update = await server.fetch(`/ng/api/v2/secrets/${secretKey}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret: { type: 'SecretText', name: secretKey, identifier: secretKey, spec } }),
      });
      expect(update.status).toBe(200);
      expect((await running).status).toBe('SUCCESS');
      expect(await lastTest()).toBeNull();
    });

    it('may be deleted, and one made anew under the same ID is untested', async () => {
      const running = testStored(server, identifier);
      await sleep(100);
      expect((await server.fetch(`/ng/api/connectors/${identifier}`, { method: 'DELETE' })).status).toBe(200);
      await createConnector(server, connector(server, identifier, credentials(server).ManualConfig));
      expect((await running).status).toBe('SUCCESS');
      expect(await lastTest()).toBeNull();
    });
  });

  describe('stopping the server during a test', () => {
    it('lets the test finish and its outcome be kept', async () => {
      const other = await startServer(engine);
      const user = seedUser(other.simulator.seed, 'wardline');
      await createSecret(other, 'access_key', user.accessKeyId);
      await createSecret(other, 'secret_key', user.secretAccessKey);
      await createConnector(other, connector(other, 'stopping', credentials(other).ManualConfig));
      other.simulator.faults.add({ kind: 'latency', service: 'kms', operation: 'GenerateDataKey', ms: 300 });

      const running = testStored(other, 'stopping');
      await sleep(100);
      const closed = other.app.close();
      expect((await running).status).toBe('SUCCESS');
      await closed;
      const row = await other.db.selectFrom('connectors').select('status').executeTakeFirst();
      expect(row?.status).toBe('SUCCESS');
      await other.close();
    });
  });
});
