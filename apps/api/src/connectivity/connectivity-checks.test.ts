import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fastify } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chainKey } from '../audit/chain.ts';
import { openDatabase } from '../db/client.ts';
import { DelegateHub } from '../delegates/connect/hub.ts';
import { signingKeys } from '../oidc/signing-keys.ts';
import { createRunners } from '../runners/runners.ts';
import { createStorage } from '../storage.ts';
import { testStored } from '../test-connection/testing/requests.ts';
import type { TestServer } from '../test-connection/testing/start-server.ts';
import { describeEachEngine } from '../test-support/test-app.ts';
import { connectivityPlugin } from './connectivity-plugin.ts';
import {
  checksOf,
  EVERY_MS,
  givenConnectors,
  historyOf,
  MovableClock,
  nextOf,
  startWithSecrets,
  testEvents,
} from './testing/checks.ts';

const MINUTE_MS = 60_000;
let server: TestServer;
let clock: MovableClock;

describeEachEngine((engine) => {
  beforeAll(async () => {
    server = await startWithSecrets(engine);
  });
  beforeEach(async () => {
    clock = new MovableClock();
    await server.db.deleteFrom('connectors').execute();
    await server.db.deleteFrom('entity_counts').execute();
  });
  afterEach(() => server.simulator.faults.clear());
  afterAll(() => server.close());

  describe('connectivity checks', () => {
    it('test each connector once in an interval, spread over all of it', async () => {
      const identifiers = await givenConnectors(server, 'spread', 10);
      const { lookOnce } = checksOf(server, clock);
      const began = clock.now().getTime();
      await lookOnce();
      const firsts = await Promise.all(identifiers.map((one) => nextOf(server, one)));
      // One in each tenth of the interval.
      const tenths = firsts.map((time) => Math.floor((10 * (time - began - 1)) / EVERY_MS)).sort((a, b) => a - b);
      expect(new Set(tenths).size).toBeGreaterThan(8);
      for (let minute = 0; minute < 30; minute += 1) {
        clock.forward(MINUTE_MS);
        await lookOnce();
      }
      for (const identifier of identifiers) expect(await historyOf(server, identifier)).toHaveLength(1);
    });

    it('never run more than four at a time, and test all that is due', async () => {
      const identifiers = await givenConnectors(server, 'due', 9);
      const { lookOnce, most } = checksOf(server, clock);
      await lookOnce();
      clock.forward(2 * EVERY_MS);
      server.simulator.faults.add({ kind: 'latency', service: 'kms', operation: 'GenerateDataKey', ms: 80 });
      await lookOnce();
      expect(most()).toBe(4);
      for (const identifier of identifiers) expect(await historyOf(server, identifier)).toHaveLength(1);
    });

    it('update the status as a click does, and are on record where they change it only', async () => {
      const [identifier = ''] = await givenConnectors(server, `status_${engine}_${randomUUID().slice(0, 8)}`, 1);
      const { lookOnce } = checksOf(server, clock);
      await lookOnce();
      const pass = async () => {
        clock.forward(1.1 * EVERY_MS);
        await lookOnce();
        return (await server.deps.storage.connectors.find({}, identifier)) ?? expect.unreachable();
      };
      const first = await pass();
      expect(first).toMatchObject({ status: 'SUCCESS', lastConnectedAt: first.testedAt });
      expect(await pass()).toMatchObject({ status: 'SUCCESS' });
      server.simulator.admin.disableKey('working');
      const failed = await pass();
      server.simulator.admin.enableKey('working');
      expect(failed).toMatchObject({ status: 'FAILURE', errorSummary: expect.stringContaining('disabled') });
      expect(Date.parse(failed.lastConnectedAt ?? '')).toBeLessThan(Date.parse(failed.testedAt ?? ''));

      const history = await historyOf(server, identifier);
      expect(history.map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS', 'FAILURE']);
      expect(history[2]?.finding).toMatch(/disabled/);
      const events = await testEvents(server, identifier);
      expect(events).toMatchObject([
        { before: { status: 'PENDING' }, after: { status: 'SUCCESS' }, outcome: 'SUCCESS' },
        { before: { status: 'SUCCESS' }, after: { status: 'FAILURE' }, outcome: 'FAILURE' },
      ]);
      expect(JSON.stringify(events[0])).toContain('"connectivity"');
    });

    it('leave out what somebody tested within the interval, unless it was changed since', async () => {
      const [clicked = '', changed = ''] = await givenConnectors(server, 'clicked', 2);
      const { lookOnce } = checksOf(server, clock);
      await lookOnce();
      clock.forward(EVERY_MS);
      await Promise.all([testStored(server, clicked), testStored(server, changed)]);
      // The click is of now, by the clock of the checks.
      const testedAt = clock.now().toISOString();
      await server.db.updateTable('connectors').set({ tested_at: testedAt }).execute();
      const updatedAt = new Date(clock.now().getTime() + 1).toISOString();
      await server.db
        .updateTable('connectors')
        .set({ updated_at: updatedAt })
        .where('identifier', '=', changed)
        .execute();
      clock.forward(MINUTE_MS);
      await lookOnce();
      expect(await historyOf(server, clicked)).toHaveLength(1);
      expect(await historyOf(server, changed)).toHaveLength(2);
      expect(await nextOf(server, clicked)).toBe(Date.parse(testedAt) + EVERY_MS);
    });

    it('go on after a restart where they were, and spread what became due meanwhile', async () => {
      const identifiers = await givenConnectors(server, 'restart', 6);
      const before = checksOf(server, clock);
      await before.lookOnce();
      const planned = await Promise.all(identifiers.map((one) => nextOf(server, one)));
      await before.checks.stop();

      const soon = checksOf(server, clock);
      await soon.checks.spreadOverdue();
      await soon.lookOnce();
      expect(await Promise.all(identifiers.map((one) => nextOf(server, one)))).toEqual(planned);

      clock.forward(24 * EVERY_MS);
      const late = checksOf(server, clock);
      await late.checks.spreadOverdue();
      await late.lookOnce();
      const counts = await Promise.all(identifiers.map(async (one) => (await historyOf(server, one)).length));
      expect(counts).toEqual(Array(6).fill(0));
      const times = await Promise.all(identifiers.map((one) => nextOf(server, one)));
      for (const time of times) expect(time - clock.now().getTime()).toBeLessThanOrEqual(EVERY_MS);
    });

    it('are given up when the server stops: nothing is said about the connector, and it is due at once', async () => {
      const [identifier = ''] = await givenConnectors(server, 'stopped', 1);
      const { checks, lookOnce } = checksOf(server, clock);
      await lookOnce();
      clock.forward(EVERY_MS);
      server.simulator.faults.add({ kind: 'latency', service: 'kms', operation: 'GenerateDataKey', ms: 2000 });
      await checks.look();
      await sleep(300);
      await checks.stop();
      expect(await server.deps.storage.connectors.find({}, identifier)).toMatchObject({ status: 'PENDING' });
      expect(await historyOf(server, identifier)).toEqual([]);
      expect(await testEvents(server, identifier)).toEqual([]);
      expect(await nextOf(server, identifier)).toBeLessThanOrEqual(clock.now().getTime());
    });

    it('are each made by one of several processes', async () => {
      const identifiers = await givenConnectors(server, 'shared', 16);
      // On SQLite the other one is another round of checks of the only process that has the file.
      const database = engine === 'postgres' ? await openDatabase(server.config) : undefined;
      const chain = { key: chainKey(server.deps.masterKey), now: server.deps.now };
      const one = checksOf(server, clock);
      const other = checksOf(server, clock, database && createStorage(database, chain));
      await one.lookOnce();
      clock.forward(2 * EVERY_MS);
      await Promise.all([one.lookOnce(), other.lookOnce()]);
      for (const identifier of identifiers) expect(await historyOf(server, identifier)).toHaveLength(1);
      expect(Math.min(one.most(), other.most())).toBeGreaterThan(0);
      await database?.close();
    });

    it('begin by themselves some time after the server listens, and end with it', async () => {
      const [identifier = ''] = await givenConnectors(server, 'alone', 1);
      const config = { ...server.config, connectivityMinutes: 1 };
      // A minute passes in half a second.
      const began = Date.now();
      const now = () => new Date(began + (Date.now() - began) * 120);
      const runners = createRunners({ ...server.deps, hub: new DelegateHub(), elsewhere: () => [] });
      const app = fastify();
      const deps = { ...server.deps, config, now, runners, signingKeys: signingKeys(server.deps) };
      await app.register(connectivityPlugin, { ...deps, graceMs: 20, lookMs: 20 });
      await app.listen({ port: 0 });
      await expect.poll(async () => (await historyOf(server, identifier)).length, { timeout: 8000 }).toBeGreaterThan(1);
      await app.close();
      const { length } = await historyOf(server, identifier);
      await sleep(1200);
      expect(await historyOf(server, identifier)).toHaveLength(length);
    });
  });
});
