import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DelegateGroup } from '@wardline/contracts';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../access/principal.ts';
import { createDelegateToken } from '../../delegate-tokens/create-delegate-token.ts';
import { revokeDelegateToken } from '../../delegate-tokens/revoke-delegate-token.ts';
import { connector, credentials } from '../../test-connection/testing/connectors.ts';
import { createConnector, testStored } from '../../test-connection/testing/requests.ts';
import { startServer, type TestServer } from '../../test-connection/testing/start-server.ts';
import { describePostgres } from '../../test-support/test-app.ts';
import { connectDelegate, type TestDelegate } from '../testing/test-delegate.ts';
import { startSecondServer } from './testing/second-process.ts';

const actor = systemActor('test');
const finished = { type: 'finished', status: 'SUCCESS' } as const;
const startedAt = '2026-11-24T10:00:00.000Z';
let a: TestServer;
let b: TestServer;
let tokens = 0;
let open: TestDelegate[] = [];

async function newToken() {
  tokens += 1;
  const name = `token_${tokens}`;
  const { value } = await createDelegateToken(a.deps, { actor }, { place: {}, name, expiresAt: null });
  return { name, value };
}

/** A delegate of one of the servers, with a tag that only it has. */
async function enter(server: TestServer, token: string, self: { instanceId?: string; tags?: string[] } = {}) {
  const tag = `only-${randomUUID()}`;
  const name = `of-${server === a ? 'a' : 'b'}-${tag.slice(-12)}`;
  const delegate = await connectDelegate({ url: server.url, token, self: { name, tags: [tag], ...self } });
  open.push(delegate);
  await delegate.next('welcome');
  return { delegate, tag, name };
}

/** Runs every task that it gets, until it is disconnected. */
async function work(delegate: TestDelegate): Promise<void> {
  try {
    for (;;) {
      const { id } = await delegate.task();
      delegate.send({ type: 'accepted', id });
      delegate.send(delegate.event(id, { type: 'hop-started', hop: 'validate', startedAt }));
      delegate.send(delegate.event(id, finished));
    }
  } catch {
    // The test is over.
  }
}

async function connectorFor(tag: string): Promise<string> {
  const identifier = `on_${tag.replaceAll('-', '_')}`;
  const { AssumeIAMRole } = credentials(a);
  await createConnector(a, connector(a, identifier, { ...AssumeIAMRole, spec: { delegateSelectors: [tag] } }));
  return identifier;
}

/** The delegates that a server lists as connected, and of which it knows how busy they are: it can give them tasks. */
async function connectedNames(server: TestServer): Promise<string[]> {
  const answer = await server.fetch('/api/setup/delegates/v2/up-the-hierarchy');
  const { resource } = (await answer.json()) as { resource: { delegateGroupDetails: DelegateGroup[] } };
  return resource.delegateGroupDetails
    .filter(({ activelyConnected }) => activelyConnected)
    .filter(({ delegateInstanceDetails }) => delegateInstanceDetails.every(({ running }) => running !== null))
    .map(({ groupName }) => groupName);
}

/** Tests until the delegate is known to the server, which it is told a moment after the delegate has connected. */
async function testSoon(server: TestServer, identifier: string) {
  await expect.poll(() => testStored(server, identifier), { timeout: 3000 }).toMatchObject({ status: 'SUCCESS' });
  return testStored(server, identifier);
}

describePostgres(() => {
  beforeAll(async () => {
    a = await startServer('postgres');
    b = await startSecondServer(a);
  });
  afterEach(() => {
    for (const delegate of open) delegate.close();
    open = [];
  });
  afterAll(async () => {
    await b.close();
    await a.close();
  });

  describe('twenty delegates of two servers on one database', () => {
    it('are listed by both, run tasks of both, and leave nothing behind', async () => {
      const { value } = await newToken();
      const all = [];
      for (const server of [a, b]) for (let n = 0; n < 10; n += 1) all.push(await enter(server, value));
      for (const { delegate } of all) void work(delegate);
      for (const server of [a, b]) {
        const names = all.map(({ name }) => name);
        await expect.poll(() => connectedNames(server)).toEqual(expect.arrayContaining(names));
      }
      const identifiers = await Promise.all(all.map(({ tag }) => connectorFor(tag)));
      for (const server of [a, b]) {
        const results = await Promise.all(identifiers.map((identifier) => testStored(server, identifier)));
        expect(results.map(({ status, delegateId }) => [status, delegateId])).toEqual(
          all.map(({ delegate }) => ['SUCCESS', delegate.instanceId]),
        );
      }
      const left = () =>
        sql`select id from remote_tasks union all select task_id from remote_task_events`.execute(a.db);
      await expect.poll(async () => (await left()).rows).toEqual([]);
    });
  });

  describe('a delegate of another server', () => {
    it('is still reached when the connection that hears of it is cut, and afterwards', async () => {
      const { value } = await newToken();
      const { delegate, tag } = await enter(b, value);
      void work(delegate);
      const identifier = await connectorFor(tag);
      await testSoon(a, identifier);
      const cut = await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'wardline-listener' and datname = current_database()`.execute(b.db);
      expect(cut.rows).toHaveLength(2);
      expect(await testStored(a, identifier)).toMatchObject({ status: 'SUCCESS', delegateId: delegate.instanceId });
      const later = await enter(b, value);
      void work(later.delegate);
      expect(await testSoon(a, await connectorFor(later.tag))).toMatchObject({ delegateId: later.delegate.instanceId });
    });

    it('may connect anew to this one: its older session ends', async () => {
      const { value } = await newToken();
      const { delegate } = await enter(b, value);
      const again = await enter(a, value, { instanceId: delegate.instanceId });
      void work(again.delegate);
      expect(await delegate.closed).toBe('replaced');
      expect(await testSoon(b, await connectorFor(again.tag))).toMatchObject({ delegateId: delegate.instanceId });
    });

    it('keeps its place when someone with another token uses its instance id here', async () => {
      const { delegate } = await enter(b, (await newToken()).value);
      const { value } = await newToken();
      const { instanceId } = delegate;
      const other = await connectDelegate({ url: a.url, token: value, self: { instanceId, name: 'impostor' } });
      expect(await other.next('refused')).toMatchObject({ code: 'wrong-proof' });
      expect(delegate.socket.readyState).toBe(delegate.socket.OPEN);
      expect(await connectedNames(a)).not.toContain('impostor');
    });

    it('is disconnected within five seconds when its token is revoked here', async () => {
      const { name, value } = await newToken();
      const { delegate } = await enter(b, value);
      const revokedAt = performance.now();
      await revokeDelegateToken(a.deps, { actor }, { place: {}, name });
      expect(await delegate.closed).toBe('revoked-token');
      expect(performance.now() - revokedAt).toBeLessThan(5000);
    });

    it('is known to have broken off when its server stops in the middle of a task', async () => {
      const c = await startSecondServer(a);
      const { value } = await newToken();
      const tags = [`pair-${randomUUID()}`];
      const first = await enter(c, value, { tags });
      const identifier = await connectorFor(tags[0] ?? '');
      await expect.poll(() => connectedNames(a)).toContain(first.name);
      const running = testStored(a, identifier);
      const { id } = await first.delegate.task();
      first.delegate.send({ type: 'accepted', id });
      first.delegate.send(first.delegate.event(id, { type: 'hop-started', hop: 'validate', startedAt }));
      // The report is under way.
      await sleep(100);
      await c.close();
      expect(await running).toMatchObject({ status: 'FAILURE', finding: { code: 'delegate-broke-off' } });
      expect((await running).finding?.explanation).toContain('lost its connection while it ran');
      expect(await connectedNames(a)).not.toContain(first.name);
    });
  });
});
