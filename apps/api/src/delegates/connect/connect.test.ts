import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestEvent } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../access/principal.ts';
import { createDelegateToken } from '../../delegate-tokens/create-delegate-token.ts';
import { revokeDelegateToken } from '../../delegate-tokens/revoke-delegate-token.ts';
import { connector, credentials } from '../../test-connection/testing/connectors.ts';
import { createConnector, streamTest, testStored } from '../../test-connection/testing/requests.ts';
import { startServer, type TestServer } from '../../test-connection/testing/start-server.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { connectDelegate, type TestDelegate } from '../testing/test-delegate.ts';

const actor = systemActor('test');
const now = '2026-11-24T10:00:00.000Z';
let server: TestServer;
let open: TestDelegate[] = [];
let count = 0;

async function newToken(expiresAt: string | null = null) {
  count += 1;
  const name = `token_${count}`;
  const { value } = await createDelegateToken(server.deps, { actor }, { place: {}, name, expiresAt });
  return { name, value };
}

async function connect(token: string, options: Omit<Parameters<typeof connectDelegate>[0], 'url' | 'token'> = {}) {
  const delegate = await connectDelegate({ url: server.url, token, ...options });
  open.push(delegate);
  return delegate;
}

/** A delegate that was let in, with a tag that only it has. */
async function enter(self: Parameters<typeof connect>[1] = {}) {
  const { value, name } = await newToken();
  const tag = `only-${randomUUID()}`;
  const delegate = await connect(value, { ...self, self: { tags: [tag], ...self.self } });
  await delegate.next('welcome');
  return { delegate, tag, token: name, value };
}

/** A stored connector whose tests run on delegates with the tag. */
async function connectorFor(tag: string): Promise<string> {
  count += 1;
  const identifier = `on_delegate_${count}`;
  const { AssumeIAMRole } = credentials(server);
  const credential = { ...AssumeIAMRole, spec: { delegateSelectors: [tag] } };
  await createConnector(server, connector(server, identifier, credential));
  return identifier;
}

const finished = { type: 'finished', status: 'SUCCESS' } as const;

describeEachEngine((engine) => {
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterEach(() => {
    for (const delegate of open) delegate.close();
    open = [];
  });
  afterAll(() => server.close());

  describe('a delegate that dials in', () => {
    it('is let in with a token, and listed with its tags, its host and its heartbeat', async () => {
      const { delegate, tag } = await enter({ self: { name: 'listed', hostName: 'host-7', tags: ['kms-eu'] } });
      expect(tag).toBeTruthy();
      const answer = await server.fetch('/ng/api/delegate-setup/listDelegates', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ delegateName: 'listed', filterType: 'Delegate' }),
      });
      const { resource } = (await answer.json()) as { resource: object[] };
      expect(resource).toMatchObject([
        { name: 'listed', connected: true, delegateReplicas: [{ hostName: 'host-7', uuid: delegate.instanceId }] },
      ]);
    });

    it.each<[string, string, () => Promise<TestDelegate>]>([
      ['a token that does not exist', 'unknown-token', () => connect(Buffer.alloc(32, 7).toString('base64'))],
      ['another account', 'account', async () => connect((await newToken()).value, { accountId: 'other' })],
      [
        'a token that was revoked',
        'revoked-token',
        async () => {
          const { name, value } = await newToken();
          await revokeDelegateToken(server.deps, { actor }, { place: {}, name });
          return connect(value);
        },
      ],
      [
        'a token that has expired',
        'expired-token',
        async () => connect((await newToken('2020-01-01T00:00:00.000Z')).value),
      ],
      [
        'a proof of another token',
        'wrong-proof',
        async () => {
          const { proof } = await helloOf((await newToken()).value);
          return connect((await newToken()).value, { tamper: (hello) => ({ ...hello, proof }) });
        },
      ],
      [
        'a hello that was heard before',
        'wrong-proof',
        async () => {
          const { value } = await newToken();
          const heard = await helloOf(value);
          return connect(value, { tamper: () => heard });
        },
      ],
      [
        'a version of the protocol that nobody speaks any more',
        'protocol-version',
        async () => connect((await newToken()).value, { tamper: (hello) => ({ ...hello, version: 0 }) }),
      ],
      [
        'the name of the delegate inside the manager',
        'reserved-name',
        async () => connect((await newToken()).value, { self: { tags: ['eu', ' Embedded '] } }),
      ],
      [
        'a host that is called like the delegate inside the manager',
        'reserved-name',
        async () => connect((await newToken()).value, { self: { hostName: 'EMBEDDED' } }),
      ],
      [
        'a text that no database keeps, so that it would be refused without a record',
        'bad-frame',
        async () => connect(Buffer.alloc(32, 9).toString('base64'), { self: { hostName: 'a\0b' } }),
      ],
      ['garbage', 'bad-frame', async () => connect((await newToken()).value, { tamper: () => ({ type: 'nonsense' }) })],
    ])('is refused with %s, and told why', async (_what, code, attempt) => {
      const delegate = await attempt();
      expect(await delegate.next('refused')).toMatchObject({ code, message: expect.stringMatching(/\w{3,}/) });
      expect(await delegate.closed).toBe(code);
    });

    it('is disconnected within five seconds when its token is revoked', async () => {
      const { delegate, token } = await enter();
      const revoked = performance.now();
      await revokeDelegateToken(server.deps, { actor }, { place: {}, name: token });
      expect(await delegate.closed).toBe('revoked-token');
      expect(performance.now() - revoked).toBeLessThan(5000);
    });

    it('is not pushed out by someone who has another token and uses its instance id', async () => {
      const { delegate } = await enter();
      const other = await connect((await newToken()).value, { self: { instanceId: delegate.instanceId } });
      expect(await other.closed).toBe('wrong-proof');
      expect(delegate.socket.readyState).toBe(delegate.socket.OPEN);
    });

    it('does not take the place of one that came with another token, also when that one is away', async () => {
      const { delegate } = await enter({ self: { name: 'original' } });
      delegate.close();
      await delegate.closed;
      await sleep(50);
      const other = await connect((await newToken()).value, { self: { instanceId: delegate.instanceId } });
      expect(await other.next('refused')).toMatchObject({ code: 'wrong-proof' });
      const row = await server.db
        .selectFrom('delegate_instances')
        .select('name')
        .where('instance_id', '=', delegate.instanceId)
        .executeTakeFirst();
      expect(row).toEqual({ name: 'original' });
    });

    it('replaces its own older connection', async () => {
      const { delegate, value } = await enter();
      const again = await connect(value, { self: { instanceId: delegate.instanceId } });
      await again.next('welcome');
      expect(await delegate.closed).toBe('replaced');
    });
  });

  describe('a test that runs on a delegate', () => {
    it('hands over the task, passes on what the delegate reports, and names the delegate', async () => {
      const { delegate, tag } = await enter({ self: { name: 'runs-it' } });
      const identifier = await connectorFor(tag);
      const running = testStored(server, identifier);
      const task = await delegate.task();
      expect(task).toMatchObject({ kind: 'test-connection', connection: { credential: { type: 'AssumeIAMRole' } } });
      delegate.send({ type: 'accepted', id: task.id });
      delegate.send(delegate.event(task.id, { type: 'hop-started', hop: 'validate', startedAt: now }));
      delegate.send(delegate.event(task.id, finished));
      expect(await running).toMatchObject({ status: 'SUCCESS', delegateId: delegate.instanceId });
    });

    it('never carries anything in the clear', async () => {
      const { delegate, tag } = await enter();
      const identifier = await connectorFor(tag);
      const running = testStored(server, identifier);
      const task = await delegate.task();
      const seen = JSON.stringify(delegate.frames);
      expect(seen).not.toContain(task.connection.keyArn);
      expect(seen).not.toContain('encryptionContext');
      delegate.send({ type: 'accepted', id: task.id });
      delegate.send(delegate.event(task.id, finished));
      await running;
    });

    it('goes to another delegate when the first breaks off, and the console is told', async () => {
      const tag = `pair-${randomUUID()}`;
      const first = await enter({ self: { name: 'one', tags: [tag] } });
      const second = await enter({ self: { name: 'two', tags: [tag] } });
      const streaming = streamTest(server, `/ng/api/connectors/testConnection/${await connectorFor(tag)}`);
      const waiting = [first, second].map(({ delegate }) => ({ delegate, offered: delegate.task() }));
      const chosen = await Promise.race(waiting.map(async (one) => ({ ...one, task: await one.offered })));
      chosen.delegate.send({ type: 'accepted', id: chosen.task.id });
      chosen.delegate.send(
        chosen.delegate.event(chosen.task.id, { type: 'hop-started', hop: 'validate', startedAt: now }),
      );
      await sleep(50);
      chosen.delegate.socket.terminate();
      const other = waiting.find(({ delegate }) => delegate !== chosen.delegate) ?? chosen;
      const task = await other.offered;
      other.delegate.send({ type: 'accepted', id: task.id });
      other.delegate.send(other.delegate.event(task.id, finished));
      const events = (await (await streaming).read()) as TestEvent[];
      const takers = events.filter((event) => event.type === 'delegate');
      expect(takers).toMatchObject([{ before: [] }, { before: [{ outcome: 'disconnected' }] }]);
      expect(events.at(-1)).toMatchObject({ result: { status: 'SUCCESS', delegateId: other.delegate.instanceId } });
    });

    it('says which delegates were asked and what became of each, when none ran it', async () => {
      const { delegate, tag } = await enter({ self: { name: 'never-answers' } });
      const result = await testStored(server, await connectorFor(tag));
      await delegate.task();
      expect(result).toMatchObject({ status: 'FAILURE', finding: { code: 'delegate-broke-off' } });
      expect(result.finding?.explanation).toContain('“never-answers” on test-host did not answer within 2 seconds.');
    });

    it('ends the session of a delegate that sends a sealed frame twice', async () => {
      const { delegate, tag } = await enter();
      const running = testStored(server, await connectorFor(tag));
      const task = await delegate.task();
      const event = delegate.event(task.id, { type: 'hop-started', hop: 'validate', startedAt: now });
      delegate.send(event);
      delegate.send(event);
      expect(await delegate.closed).toBe('replay');
      expect(await running).toMatchObject({ status: 'FAILURE', finding: { code: 'delegate-broke-off' } });
    });

    it('is broken off at once when the delegate sends garbage in the middle of it', async () => {
      const { delegate, tag } = await enter();
      const running = testStored(server, await connectorFor(tag));
      const task = await delegate.task();
      delegate.send({ type: 'accepted', id: task.id });
      delegate.sendText('{"type":"event"');
      const garbledAt = performance.now();
      expect(await running).toMatchObject({ status: 'FAILURE', finding: { code: 'delegate-broke-off' } });
      expect(performance.now() - garbledAt).toBeLessThan(1000);
      expect(await delegate.closed).toBe('bad-frame');
    });

    it('does not fill the memory with whatever a delegate reports', async () => {
      const { delegate, tag } = await enter();
      const running = testStored(server, await connectorFor(tag));
      const task = await delegate.task();
      const result = {
        hop: 'validate',
        status: 'pass',
        where: { kind: 'platform', name: 'x', hostName: 'x' },
      } as const;
      const facts = { filler: 'x'.repeat(500_000) };
      for (let n = 0; n < 10; n += 1) {
        const event = { ...result, where: 'delegate', startedAt: now, durationMs: 1, facts };
        delegate.send(delegate.event(task.id, { type: 'hop-finished', result: event } as never));
      }
      expect(await delegate.closed).toBe('bad-frame');
      expect(await running).toMatchObject({ status: 'FAILURE' });
    });

    it('takes nothing new from one that drains', async () => {
      const { delegate, tag } = await enter();
      delegate.send({ type: 'draining' });
      await sleep(50);
      const result = await testStored(server, await connectorFor(tag));
      expect(result).toMatchObject({ status: 'FAILURE', finding: { code: 'delegate-not-available' } });
    });
  });
});

/** What a delegate says with this token, as someone who listens would hear it. */
async function helloOf(token: string): Promise<{ proof: string }> {
  let heard = { proof: '' };
  await connect(token, {
    tamper: (hello) => {
      heard = hello;
      return hello;
    },
  });
  return heard;
}
