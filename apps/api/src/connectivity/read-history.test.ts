import { randomUUID } from 'node:crypto';
import type { ConnectivityHistory } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connector, credentials, seedKey } from '../test-connection/testing/connectors.ts';
import { createConnector, testStored } from '../test-connection/testing/requests.ts';
import type { TestServer } from '../test-connection/testing/start-server.ts';
import { describeEachEngine } from '../test-support/test-app.ts';
import { startWithSecrets } from './testing/checks.ts';

let server: TestServer;

describeEachEngine((engine) => {
  beforeAll(async () => {
    server = await startWithSecrets(engine);
  });
  afterAll(() => server.close());

  describe('the history of a connector', () => {
    const read = async (identifier: string, query = '') => {
      const answer = await server.fetch(`/api/connectors/${identifier}/history?${query}`);
      return { status: answer.status, data: ((await answer.json()) as { data: ConnectivityHistory }).data };
    };

    it('has every test, counted for each part of the time', async () => {
      const identifier = `told_${engine}`;
      await createConnector(server, connector(server, identifier, credentials(server).ManualConfig));
      await testStored(server, identifier);
      const spec = { kmsArnInPlainText: seedKey(server.simulator.seed, 'disabled') };
      const disabled = connector(server, identifier, credentials(server).ManualConfig, spec);
      await server.fetch('/ng/api/connectors', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ connector: disabled }),
      });
      const failed = await testStored(server, identifier);
      const { data } = await read(identifier, 'hours=1&buckets=4');
      expect(data).toMatchObject({ everyMinutes: 0, nextCheckAt: null, lastConnectedAt: expect.any(Number) });
      expect(data.checks).toMatchObject([
        { at: failed.testedAt, status: 'FAILURE', finding: expect.stringContaining('disabled') },
        { status: 'SUCCESS', finding: null, delegateId: expect.any(String) },
      ]);
      expect(data.buckets.map(({ passed, failed: bad }) => passed + bad)).toEqual([0, 0, 0, 2]);
      expect(data.buckets[3]?.findings).toEqual([data.checks[0]?.finding]);
      expect(data.buckets[3]?.slowestMs).toBeGreaterThan(0);
    });

    it('keeps 30 days and 1,500 tests', async () => {
      const identifier = `kept_${engine}`;
      await createConnector(server, connector(server, identifier, credentials(server).ManualConfig));
      const stored = await server.deps.storage.connectors.find({}, identifier);
      const connector_id = stored?.id ?? '';
      const row = { connector_id, status: 'SUCCESS', duration_ms: 1, finding: null, delegate_id: null } as const;
      const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
      const old = [31, 40].map((days) => ({ ...row, id: randomUUID(), at: daysAgo(days) }));
      const young = Array.from({ length: 1510 }, (_, index) => ({
        ...row,
        id: randomUUID(),
        at: daysAgo(index / 100),
      }));
      for (let from = 0; from < 1512; from += 400) {
        await server.db
          .insertInto('connectivity_history')
          .values([...old, ...young].slice(from, from + 400))
          .execute();
      }
      const rows = server.db.selectFrom('connectivity_history').select('at').where('connector_id', '=', connector_id);
      let times: string[];
      // One test in 16 looks for what is too old or too much.
      do {
        await testStored(server, identifier);
        times = (await rows.orderBy('at').execute()).map(({ at }) => at);
      } while (times.length > 1500 && times.length < 2500);
      expect(times).toHaveLength(1500);
      expect(Date.parse(times[0] ?? '')).toBeGreaterThan(Date.now() - 30 * 86_400_000);
    });

    it('goes with its connector', async () => {
      const identifier = `gone_${engine}`;
      await createConnector(server, connector(server, identifier, credentials(server).ManualConfig));
      await testStored(server, identifier);
      const id = (await server.deps.storage.connectors.find({}, identifier))?.id ?? '';
      await server.fetch(`/ng/api/connectors/${identifier}`, { method: 'DELETE' });
      const rows = server.db.selectFrom('connectivity_history').select('id').where('connector_id', '=', id);
      expect(await rows.execute()).toEqual([]);
      expect((await read(identifier)).status).toBe(400);
    });

    it('refuses a time or a number of parts that it does not have', async () => {
      expect((await read('any', 'hours=721')).status).toBe(400);
      expect((await read('any', 'buckets=0')).status).toBe(400);
    });
  });
});
