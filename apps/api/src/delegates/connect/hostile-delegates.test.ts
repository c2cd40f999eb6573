import { once } from 'node:events';
import type { TaskEvent } from '@wardline/contracts';
import { CONNECT_PATH } from '@wardline/delegate-protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { systemActor } from '../../access/principal.ts';
import { createDelegateToken } from '../../delegate-tokens/create-delegate-token.ts';
import { connector, credentials } from '../../test-connection/testing/connectors.ts';
import { createConnector, testStored } from '../../test-connection/testing/requests.ts';
import { startServer, type TestServer } from '../../test-connection/testing/start-server.ts';
import { connectDelegate } from '../testing/test-delegate.ts';

let server: TestServer;
let count = 0;
const startedAt = '2026-11-24T10:00:00.000Z';

beforeAll(async () => {
  server = await startServer('sqlite');
});
afterAll(() => server.close());

async function newToken(): Promise<string> {
  count += 1;
  const wish = { place: {}, name: `token_${count}`, expiresAt: null };
  return (await createDelegateToken(server.deps, { actor: systemActor('test') }, wish)).value;
}

/** A delegate that was let in, and a connector whose tests run on it. */
async function enter() {
  const token = await newToken();
  const tag = `only-${count}`;
  const delegate = await connectDelegate({ url: server.url, token, self: { tags: [tag] } });
  await delegate.next('welcome');
  const credential = { ...credentials(server).AssumeIAMRole, spec: { delegateSelectors: [tag] } };
  await createConnector(server, connector(server, `hostile_${count}`, credential));
  return { delegate, token, identifier: `hostile_${count}` };
}

const open = () => new WebSocket(server.url.replace(/^http/, 'ws') + CONNECT_PATH);
/** What comes first: the challenge, or a refusal. */
const outcome = (socket: WebSocket) =>
  Promise.race([
    once(socket, 'message').then(() => 'challenged'),
    once(socket, 'error').then(([error]: Error[]) => error?.message ?? ''),
  ]).catch((error: Error) => error.message);
const ended = (socket: WebSocket) => once(socket, 'close').then(([code]: number[]) => code);

describe('a delegate that was let in and is hostile, or broken', () => {
  it('does not push out another one whose instance id it uses with a token of its own', async () => {
    const { delegate } = await enter();
    const self = { instanceId: delegate.instanceId };
    const other = await connectDelegate({ url: server.url, token: await newToken(), self: { ...self, name: 'thief' } });
    expect(await other.closed).toBe('wrong-proof');
    expect(delegate.socket.readyState).toBe(delegate.socket.OPEN);
    const tried = server.db.selectFrom('audit_events').select('event').where('resource_identifier', '=', 'thief');
    expect((await tried.execute()).map(({ event }) => JSON.parse(event))).toMatchObject([
      { action: 'AUTHENTICATION_FAILED', outcome: 'DENIED', details: { reason: 'wrong-proof' } },
    ]);
    delegate.close();
  });

  it('has its task broken off the moment it sends garbage, and not when the connection is closed', async () => {
    const { delegate, identifier } = await enter();
    const running = testStored(server, identifier);
    const task = await delegate.task();
    delegate.send({ type: 'accepted', id: task.id });
    delegate.sendText('{"type":"event"');
    // It answers the close only much later.
    delegate.socket.pause();
    const garbledAt = performance.now();
    expect(await running).toMatchObject({ status: 'FAILURE', finding: { code: 'delegate-broke-off' } });
    expect(performance.now() - garbledAt).toBeLessThan(1000);
    delegate.socket.resume();
    expect(await delegate.closed).toBe('bad-frame');
  });

  it('holds nothing up by not reading what it is sent: another runs every test, and it is asked first only once', async () => {
    const { delegate: slow, token, identifier } = await enter();
    const other = await connectDelegate({ url: server.url, token, self: { tags: [`only-${count}`] } });
    await other.next('welcome');
    slow.socket.pause();
    // It is not silent.
    const beating = setInterval(() => slow.send({ type: 'heartbeat', at: startedAt, running: 0 }), 50);
    let waited = 0;
    for (let n = 0; n < 8; n += 1) {
      const testedAt = performance.now();
      const running = testStored(server, identifier);
      const { id } = await other.task();
      other.send({ type: 'accepted', id });
      other.send(other.event(id, { type: 'finished', status: 'SUCCESS' }));
      expect(await running).toMatchObject({ status: 'SUCCESS', delegateId: other.instanceId });
      if (performance.now() - testedAt > 1900) waited += 1;
    }
    clearInterval(beating);
    expect(waited).toBeLessThanOrEqual(1);
    slow.socket.terminate();
    other.close();
  });

  it('cannot fill the memory with what it reports about one task', async () => {
    const { delegate, identifier } = await enter();
    const running = testStored(server, identifier);
    const task = await delegate.task();
    const facts = [{ name: 'filler', value: 'x'.repeat(500_000) }];
    const where = { kind: 'delegate', name: 'eu-vpc', hostName: 'test-host' } as const;
    const result = { hop: 'validate', status: 'pass', where, startedAt, durationMs: 1, facts } as const;
    for (let n = 0; n < 10; n += 1) delegate.send(delegate.event(task.id, { type: 'hop-finished', result }));
    expect(await delegate.closed).toBe('bad-frame');
    expect(await running).toMatchObject({ status: 'FAILURE', finding: { code: 'delegate-broke-off' } });
  });
});

describe('what a hostile delegate reports about a cause', () => {
  const long = 'x'.repeat(20_000);
  const cause = { code: 'made-up', title: 'Made up', explanation: 'For no reason.', fixes: [] };
  const where = { kind: 'delegate', name: 'eu-vpc', hostName: 'test-host' } as const;
  const hop = { hop: 'validate', status: 'fail', where, startedAt, durationMs: 1 } as const;

  it.each([
    ['its code, which the history and the audit log keep', { ...cause, code: long }],
    ['its explanation, which every list of connectors has', { ...cause, explanation: long }],
    ['its title', { ...cause, title: long }],
  ])('is bounded in %s', async (_what, finding) => {
    const events: TaskEvent[] = [
      { type: 'finished', status: 'FAILURE', finding },
      { type: 'hop-finished', result: { ...hop, facts: [], finding } },
    ];
    for (const event of events) {
      const { delegate, identifier } = await enter();
      const running = testStored(server, identifier);
      const task = await delegate.task();
      delegate.send({ type: 'accepted', id: task.id });
      delegate.send(delegate.event(task.id, event));
      delegate.send(delegate.event(task.id, { type: 'finished', status: 'FAILURE' }));
      expect(await running).toMatchObject({ status: 'FAILURE', finding: { code: 'delegate-broke-off' } });
      delegate.close();
    }
  });
});

describe('someone who has proven nothing', () => {
  it('may send no more than the longest hello, also in a frame that never ends', async () => {
    const socket = open();
    await once(socket, 'message');
    socket.send('x'.repeat(50_000), { fin: false });
    socket.send('x'.repeat(50_000), { fin: false });
    expect(await ended(socket)).toBe(1006);
  });

  it('holds a bounded number of connections, while those who were let in go on', async () => {
    const { delegate, identifier } = await enter();
    const sockets = Array.from({ length: 530 }, open);
    const outcomes = await Promise.all(sockets.map(outcome));
    expect(outcomes.filter((one) => one === 'challenged')).toHaveLength(512);
    expect(new Set(outcomes)).toEqual(new Set(['challenged', 'Unexpected server response: 429']));
    const running = testStored(server, identifier);
    const task = await delegate.task();
    delegate.send({ type: 'accepted', id: task.id });
    delegate.send(delegate.event(task.id, { type: 'finished', status: 'SUCCESS' }));
    expect(await running).toMatchObject({ status: 'SUCCESS' });
    for (const socket of sockets) socket.terminate();
    // The places of those that left are free again.
    await expect.poll(() => outcome(open()), { timeout: 5000 }).toBe('challenged');
    delegate.close();
  });

  it('leaves a bounded number of refusals behind, however often it tries, and each is on record', async () => {
    const token = Buffer.alloc(32, 9).toString('base64');
    for (let n = 0; n < 10; n += 1) {
      const delegate = await connectDelegate({ url: server.url, token, self: { name: 'again-and-again' } });
      expect(await delegate.closed).toBe('unknown-token');
    }
    const rows = await server.db.selectFrom('delegate_refusals').select('name').execute();
    const events = async () => {
      const query = server.db.selectFrom('audit_events').select('event').where('action', '=', 'AUTHENTICATION_FAILED');
      const found = await query.where('resource_identifier', '=', 'again-and-again').orderBy('seq').execute();
      return found.map(({ event }): { details: { count?: number } } => JSON.parse(event));
    };
    expect(await events()).toMatchObject([
      {
        outcome: 'DENIED',
        principal: { type: 'ANONYMOUS' },
        address: '127.0.0.1',
        resource: { identifier: 'again-and-again' },
        details: { reason: 'unknown-token' },
      },
    ]);
    // Those that followed are one event, with their number.
    await expect.poll(events, { timeout: 15_000 }).toHaveLength(2);
    expect((await events()).at(-1)).toMatchObject({ details: { reason: 'unknown-token', count: 9 } });
    expect(rows.filter(({ name }) => name === 'again-and-again')).toHaveLength(2);
  });
});

describe('a server that stops while a delegate is connected', () => {
  it('says so to the delegate and does not wait for it', async () => {
    const stopping = await startServer('sqlite');
    const { value } = await createDelegateToken(
      stopping.deps,
      { actor: systemActor('test') },
      { place: {}, name: 'one', expiresAt: null },
    );
    const delegate = await connectDelegate({ url: stopping.url, token: value });
    await delegate.next('welcome');
    const startedStopping = performance.now();
    const closing = stopping.close();
    expect(await delegate.closed).toBe('shutting-down');
    await closing;
    expect(performance.now() - startedStopping).toBeLessThan(3000);
  });
});
