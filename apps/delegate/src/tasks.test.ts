import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Simulator, startSimulator } from '@wardline/aws-simulator';
import type { Task } from '@wardline/contracts';
import { ownAuthority, startTestProxy, tlsFront } from '@wardline/http-agent/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { serveHealth } from './health.ts';
import { runDelegate } from './testing/run-delegate.ts';
import { type ManagedSession, startTestManager } from './testing/test-manager.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterEach(() => {
  simulator.faults.clear();
  vi.unstubAllEnvs();
});
afterAll(() => simulator.close());

/** A test of a real connection to the simulator, with the credentials of a user that may do everything. */
function testTask(deadlineMs = 10_000): Task {
  const [key] = simulator.seed.keys.filter(({ name }) => name === 'working');
  const [user] = simulator.seed.users.filter(({ name }) => name === 'wardline');
  if (!key || !user) throw new Error('The simulator is not seeded.');
  const { accessKeyId, secretAccessKey } = user;
  const credential = { type: 'ManualConfig', accessKeyId, secretAccessKey } as const;
  const connection = { keyArn: key.arn, region: simulator.region, credential };
  return { kind: 'test-connection', id: randomUUID(), deadlineMs, connection, encryptionContext: {} };
}

async function start(env: Record<string, string> = {}) {
  const manager = await startTestManager();
  onTestFinished(() => manager.close());
  const endpoints = JSON.stringify({ [simulator.region]: simulator.endpoints });
  const delegate = runDelegate(manager, { WARDLINE_AWS_ENDPOINTS: endpoints, ...env });
  return { delegate, session: await manager.session() };
}

async function run(session: ManagedSession, task = testTask()) {
  session.give(task);
  return session.events(task.id);
}

const slow = (ms: number) => simulator.faults.add({ kind: 'latency', service: 'kms', operation: 'DescribeKey', ms });
const about = (type: string, id: string) => (frame: { type: string; id?: string }) =>
  frame.type === type && frame.id === id;

describe('a delegate that is given tasks', () => {
  it('accepts and runs one, and reports every hop', async () => {
    const { session, delegate } = await start();
    const task = testTask();
    session.give(task);
    await session.next(about('accepted', task.id));
    const events = await session.events(task.id);
    expect(events.at(-1)).toEqual({ type: 'finished', status: 'SUCCESS' });
    expect(events.length).toBeGreaterThan(8);
    await expect.poll(() => delegate.tasks.counts).toEqual({ running: 0, finished: 1, rejected: 0, broken: 0 });
  });

  it('makes and opens data keys, whose plaintext is in no frame in the clear', async () => {
    const { session } = await start();
    const frames: string[] = [];
    session.socket.on('message', (data) => frames.push(String(data)));
    const making: Task = { ...testTask(), kind: 'generate-data-key', encryptionContext: { purpose: 'data-key' } };
    session.give(making);
    const [made, end] = await session.events(making.id);
    expect(end).toEqual({ type: 'finished', status: 'SUCCESS' });
    if (made?.type !== 'data-key') throw new Error('no data key');
    const { keyArn, ciphertext, plaintext } = made;
    const opening: Task = { ...making, kind: 'decrypt-data-key', id: randomUUID(), keyArn, ciphertext };
    session.give(opening);
    expect(await session.events(opening.id)).toEqual([{ type: 'data-key-plaintext', plaintext }, end]);
    const bytes = Buffer.from(plaintext, 'base64');
    const sent = frames.map((frame) => {
      const { sealed = '' } = JSON.parse(frame) as { sealed?: string };
      return frame + Buffer.from(sealed, 'base64url').toString('latin1');
    });
    expect(sent.filter((text) => text.includes('"events"'))).toHaveLength(2);
    for (const clear of [plaintext, plaintext.slice(0, 16), bytes.toString('latin1'), bytes.toString('hex'), keyArn]) {
      expect(sent.join()).not.toContain(clear);
    }
  });

  it('reaches AWS through the proxy that the environment names', async () => {
    const { session } = await start();
    const proxy = await startTestProxy();
    onTestFinished(() => proxy.close());
    vi.stubEnv('HTTP_PROXY', proxy.url);
    expect((await run(session)).at(-1)).toEqual({ type: 'finished', status: 'SUCCESS' });
    expect(new Set(proxy.asked)).toEqual(
      new Set([new URL(simulator.endpoints.kms).host, new URL(simulator.endpoints.sts).host]),
    );
    const askedBefore = proxy.asked.length;
    await run(session);
    expect(proxy.asked).toHaveLength(askedBefore);
  });

  it('keeps its connections to AWS for the next call and the next task', async () => {
    const { ca, tls } = await ownAuthority();
    const kms = await tlsFront(simulator.endpoints.kms, tls);
    onTestFinished(() => kms.close());
    const endpoints = { [simulator.region]: { kms: kms.url, sts: simulator.endpoints.sts } };
    const { session } = await start({ WARDLINE_AWS_ENDPOINTS: JSON.stringify(endpoints), EXTRA_CA_FILES: ca });
    for (let n = 0; n < 3; n += 1) expect((await run(session)).at(-1)).toMatchObject({ status: 'SUCCESS' });
    // Of five calls of each, two are made at once.
    expect(kms.accepted()).toBe(2);
  });

  it('reports in one frame what happens within milliseconds', async () => {
    const { session } = await start();
    let frames = 0;
    session.socket.on('message', (data) => {
      if (String(data).includes('"events"')) frames += 1;
    });
    const events = await run(session);
    expect(events).toHaveLength(17);
    // At the most one for each call to AWS that is waited for, and one before the first.
    expect(frames).toBeLessThanOrEqual(7);
  });

  it('reaches AWS through TLS with a certificate of its own CA, also through a proxy, unless NO_PROXY names the host', async () => {
    const { ca, tls } = await ownAuthority();
    const [kms, sts] = await Promise.all([
      tlsFront(simulator.endpoints.kms, tls),
      tlsFront(simulator.endpoints.sts, tls),
    ]);
    const proxy = await startTestProxy();
    onTestFinished(() => [kms, sts, proxy].forEach((one) => void one.close()));
    const endpoints = { [simulator.region]: { kms: kms.url, sts: sts.url } };
    const env = { WARDLINE_AWS_ENDPOINTS: JSON.stringify(endpoints) };
    const outcome = async ({ session }: Awaited<ReturnType<typeof start>>) => (await run(session)).at(-1);

    const [stranger, trusting] = await Promise.all([start(env), start({ ...env, EXTRA_CA_FILES: ca })]);
    expect(await outcome(stranger)).toMatchObject({ type: 'finished', status: 'FAILURE' });
    expect(await outcome(trusting)).toEqual({ type: 'finished', status: 'SUCCESS' });
    expect(proxy.asked).toEqual([]);

    vi.stubEnv('HTTPS_PROXY', proxy.url);
    expect(await outcome(await start({ ...env, EXTRA_CA_FILES: ca }))).toMatchObject({ status: 'SUCCESS' });
    expect(new Set(proxy.asked)).toEqual(new Set([new URL(kms.url).host, new URL(sts.url).host]));

    const askedBefore = proxy.asked.length;
    vi.stubEnv('NO_PROXY', 'localhost');
    expect(await outcome(await start({ ...env, EXTRA_CA_FILES: ca }))).toMatchObject({ status: 'SUCCESS' });
    expect(proxy.asked).toHaveLength(askedBefore);
  });

  it('takes no more than its capacity, and none twice', async () => {
    const { session } = await start({ DELEGATE_CAPACITY: '2' });
    slow(500);
    const [first, second, third] = [testTask(), testTask(), testTask()];
    for (const task of [first, first, second, third]) session.give(task);
    expect(await session.next(about('rejected', first.id))).toMatchObject({ reason: 'unreadable' });
    expect(await session.next(about('rejected', third.id))).toMatchObject({ reason: 'busy' });
    expect((await session.events(first.id)).at(-1)).toMatchObject({ status: 'SUCCESS' });
    expect((await session.events(second.id)).at(-1)).toMatchObject({ status: 'SUCCESS' });
    session.give(third);
    expect((await session.events(third.id)).at(-1)).toMatchObject({ status: 'SUCCESS' });
  });

  it('ends a task at its deadline, with an outcome', async () => {
    const { session } = await start();
    slow(5000);
    const task = testTask(700);
    const startedAt = performance.now();
    session.give(task);
    expect((await session.events(task.id)).at(-1)).toMatchObject({ status: 'FAILURE' });
    expect(performance.now() - startedAt).toBeLessThan(1700);
  });

  it('breaks a task off when it is cancelled, or when the manager is gone', async () => {
    const { session, delegate } = await start();
    slow(5000);
    const [cancelled, left] = [testTask(), testTask()];
    session.give(cancelled);
    session.give(left);
    await session.next(about('accepted', left.id));
    session.send({ type: 'cancel', id: cancelled.id });
    expect(await session.next(about('ended', cancelled.id))).toMatchObject({ reason: 'cancelled' });
    session.socket.terminate();
    await expect.poll(() => delegate.tasks.counts.running, { timeout: 1000 }).toBe(0);
  });

  it('gives nothing away to a task that is not sealed for its session', async () => {
    const { session, delegate } = await start();
    session.send({ type: 'task', id: 'forged', n: 1, sealed: Buffer.alloc(64).toString('base64url') });
    await once(session.socket, 'close');
    expect(delegate.tasks.counts).toMatchObject({ running: 0, finished: 0 });
  });

  it('finishes what runs and takes nothing new once it is told to stop', async () => {
    const { session, delegate } = await start();
    slow(400);
    const [running, late] = [testTask(), testTask()];
    session.give(running);
    await session.next(about('accepted', running.id));
    const stopped = delegate.stop();
    await session.next(({ type }) => type === 'draining');
    session.give(late);
    expect(await session.next(about('rejected', late.id))).toMatchObject({ reason: 'draining' });
    expect((await session.events(running.id)).at(-1)).toMatchObject({ status: 'SUCCESS' });
    await stopped;
    expect(delegate.state().connected).toBe(false);
  });
});

describe('the health of a delegate', () => {
  it('is told over HTTP, with metrics, and never with its token', async () => {
    const manager = await startTestManager();
    const delegate = runDelegate(manager);
    const health = await serveHealth(delegate, 0);
    onTestFinished(() => void health.close());
    const url = `http://127.0.0.1:${(health.address() as AddressInfo).port}`;
    await manager.session();
    await expect.poll(async () => (await fetch(`${url}/api/health`)).status).toBe(200);
    const metrics = await (await fetch(`${url}/api/metrics`)).text();
    expect(metrics).toMatch(/^wardline_delegate_connected 1$/m);
    expect(metrics).toMatch(/^wardline_delegate_tasks_running 0$/m);
    expect(metrics).toMatch(/^wardline_delegate_connections_total 1$/m);
    await manager.close();
    await expect.poll(async () => (await fetch(`${url}/api/health`)).status).toBe(503);
    const answer = await fetch(`${url}/api/health`);
    const state = await answer.text();
    expect(JSON.parse(state)).toMatchObject({ connected: false, problem: expect.stringMatching(/\w/) });
    expect(state + metrics + delegate.log()).not.toContain(manager.token);
    expect((await fetch(`${url}/other`)).status).toBe(404);
  });
});
