import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DelegateAgent, DelegateGroup, DelegateRefusal } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { buildApp } from '../app.ts';
import { createDelegateToken } from '../delegate-tokens/create-delegate-token.ts';
import { startServer, type TestServer } from '../test-connection/testing/start-server.ts';
import { describeEachEngine } from '../test-support/test-app.ts';
import { connectDelegate } from './testing/test-delegate.ts';

const actor = systemActor('test');
let server: TestServer;
let token: string;

async function request<T>(path: string, method = 'GET'): Promise<{ status: number; resource: T; message: string }> {
  const response = await server.fetch(path, { method });
  const body = (await response.json()) as { resource: T; message: string };
  return { status: response.status, resource: body.resource, message: body.message };
}

async function group(name: string): Promise<DelegateGroup | undefined> {
  const { resource } = await request<{ delegateGroupDetails: DelegateGroup[] }>(
    '/api/setup/delegates/v2/up-the-hierarchy',
  );
  return resource.delegateGroupDetails.find(({ groupName }) => groupName === name);
}

async function enter(name: string, now?: () => Date) {
  const delegate = await connectDelegate({ url: server.url, token, self: { name }, ...(now && { now }) });
  await delegate.next('welcome');
  return delegate;
}

/** Closes a delegate, and waits until the server has noticed. */
async function leave(name: string, delegate: Awaited<ReturnType<typeof enter>>): Promise<void> {
  delegate.close();
  await expect
    .poll(async () => (await group(name))?.delegateInstanceDetails.find(({ uuid }) => uuid === delegate.instanceId))
    .toMatchObject({ activelyConnected: false });
}

describeEachEngine((engine) => {
  beforeAll(async () => {
    server = await startServer(engine);
    token = (await createDelegateToken(server.deps, { actor }, { place: {}, name: 'a token', expiresAt: null })).value;
  });
  afterAll(() => server.close());

  describe('a listed delegate', () => {
    it('has its token, its tasks and its clock, and after it has gone the reason', async () => {
      const ahead = await enter('told', () => new Date(Date.now() + 120_000));
      const [instance] = (await group('told'))?.delegateInstanceDetails ?? [];
      expect(instance).toMatchObject({ tokenName: 'a token', running: 0, disconnectReason: null });
      expect(instance?.clockSkewMs).toBeGreaterThan(110_000);
      await leave('told', ahead);
      expect((await group('told'))?.delegateInstanceDetails).toMatchObject([
        { disconnectReason: 'connection-lost', running: null, tokenName: 'a token' },
      ]);
    });

    it('is taken off the list when it has gone, which is on record', async () => {
      await leave('goes', await enter('goes'));
      expect(await request('/api/delegates/goes', 'DELETE')).toMatchObject({ status: 200, resource: { removed: 1 } });
      expect(await group('goes')).toBeUndefined();
      const events = await server.db
        .selectFrom('audit_events')
        .select('action')
        .where('resource_identifier', '=', 'goes')
        .execute();
      expect(events).toEqual([{ action: 'CREATE' }, { action: 'DELETE' }]);
      expect(await request('/api/delegates/goes', 'DELETE')).toMatchObject({ status: 404 });
    });

    it('stays while it is connected, also when replicas of it are removed', async () => {
      const [stays, goes] = [await enter('replicated'), await enter('replicated')];
      const refused = await request('/api/delegates/replicated', 'DELETE');
      expect(refused).toMatchObject({ status: 400, message: expect.stringContaining('is connected') });
      await leave('replicated', goes);
      expect(await request('/api/delegates/replicated', 'DELETE')).toMatchObject({ resource: { removed: 1 } });
      expect((await group('replicated'))?.delegateInstanceDetails).toMatchObject([{ uuid: stays.instanceId }]);
      stays.close();
    });
  });

  describe('a token', () => {
    it('leaves a bounded number of processes on the list, however many were started with it', async () => {
      await leave('churns', await enter('churns'));
      const one = await server.db
        .selectFrom('delegate_instances')
        .selectAll()
        .where('name', '=', 'churns')
        .executeTakeFirstOrThrow();
      const minute = (n: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + n * 60_000).toISOString();
      const earlier = Array.from({ length: 1100 }, (_, n) => ({
        ...one,
        instance_id: `earlier-${n}`,
        disconnected_at: minute(n),
      }));
      for (let n = 0; n < earlier.length; n += 100) {
        await server.db
          .insertInto('delegate_instances')
          .values(earlier.slice(n, n + 100))
          .execute();
      }
      const stays = await enter('churns');
      const last = await enter('churns');
      await leave('churns', last);
      const ids = (await group('churns'))?.delegateInstanceDetails.map(({ uuid }) => uuid) ?? [];
      expect(ids.length).toBeLessThanOrEqual(1001);
      expect(ids).toEqual(expect.arrayContaining([stays.instanceId, last.instanceId, one.instance_id, 'earlier-1099']));
      expect(ids).not.toContain('earlier-0');
      stays.close();
    });

    it('lets in a delegate whose clock is off by years, and says so', async () => {
      const delegate = await enter('unset', () => new Date(0));
      const [instance] = (await group('unset'))?.delegateInstanceDetails ?? [];
      expect(instance?.clockSkewMs).toBeLessThan(-24 * 86_400_000);
      delegate.close();
    });
  });

  describe('replicas with different tags', () => {
    it('are listed with the tags of each, and match only what one of them has', async () => {
      const self = (tags: string[]) => ({ name: 'twins', hostName: 'host-1', tags });
      const both = await Promise.all(
        [['twin-eu'], ['prod', 'gpu']].map((tags) => connectDelegate({ url: server.url, token, self: self(tags) })),
      );
      for (const one of both) await one.next('welcome');
      const tags = (await group('twins'))?.delegateInstanceDetails.map((instance) => instance.tags).sort();
      expect(tags).toEqual([
        ['twins', 'host-1', 'prod', 'gpu'],
        ['twins', 'host-1', 'twin-eu'],
      ]);
      const found = async (...delegateTags: string[]) => {
        const answer = await server.fetch('/ng/api/delegate-setup/listDelegates', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ filterType: 'Delegate', delegateTags }),
        });
        return ((await answer.json()) as { resource: object[] }).resource.length;
      };
      expect([await found('gpu', 'Prod', 'TWINS'), await found('twin-eu'), await found('twin-eu', 'prod')]).toEqual([
        1, 1, 0,
      ]);
      for (const one of both) one.close();
    });
  });

  describe('a delegate that was not let in', () => {
    it('is remembered with its name, its host, where it came from, and why', async () => {
      const self = { name: 'stranger', hostName: 'host-9' };
      const other = Buffer.alloc(32, 9).toString('base64');
      const delegate = await connectDelegate({ url: server.url, token: other, self });
      await delegate.next('refused');
      const { resource } = await request<DelegateRefusal[]>('/api/delegates/refusals?name=stranger');
      expect(resource).toMatchObject([{ ...self, code: 'unknown-token', address: '127.0.0.1' }]);
      expect(Date.now() - (resource[0]?.at ?? 0)).toBeLessThan(60_000);
      expect((await request<DelegateRefusal[]>('/api/delegates/refusals?name=nobody')).resource).toEqual([]);
    });
  });
});

describe('the agent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardline-agent-'));
  const path = join(folder, 'delegate.mjs');
  beforeAll(async () => {
    server = await startServer('sqlite');
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is given out to anyone as it is, with its SHA-256 to check it by', async () => {
    const app = await buildApp({ ...server.deps, config: { ...server.config, agentFile: path } });
    const missing = await app.inject('/api/delegates/delegate.mjs');
    expect([missing.statusCode, missing.json().message]).toEqual([404, expect.stringContaining('npm run build')]);
    for (const content of ['first build', 'second build']) {
      writeFileSync(path, content);
      const file = await app.inject('/api/delegates/delegate.mjs');
      expect([file.statusCode, file.body]).toEqual([200, content]);
      expect(file.headers['content-type']).toContain('text/javascript');
      const { resource }: { resource: DelegateAgent } = (await app.inject('/api/delegates/agent')).json();
      const sha256 = createHash('sha256').update(content).digest('hex');
      expect(resource).toMatchObject({ sha256, bytes: content.length, path: '/api/delegates/delegate.mjs' });
    }
    await app.close();
  });
});
