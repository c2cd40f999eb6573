import { newDelegateToken } from '@wardline/delegate-protocol';
import { ownAuthority, startTestProxy } from '@wardline/http-agent/testing';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runDelegate } from './testing/run-delegate.ts';
import { startTestManager } from './testing/test-manager.ts';

afterEach(() => vi.unstubAllEnvs());

async function manager(options?: Parameters<typeof startTestManager>[0]) {
  const started = await startTestManager(options);
  onTestFinished(() => started.close());
  return started;
}

async function proxy(answers = true) {
  const started = await startTestProxy({ answers });
  onTestFinished(() => started.close());
  return started;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

const connected = (delegate: ReturnType<typeof runDelegate>) =>
  expect.poll(() => delegate.state().connected, { timeout: 10_000 }).toBe(true);

describe('a delegate that connects', () => {
  it('is let in, and comes back by itself within the jitter when the connection is lost', async () => {
    const { openedAt, session, ...rest } = await manager();
    const delegate = runDelegate(rest);
    for (let n = 0; n < 4; n += 1) {
      const { socket } = await session(n);
      await connected(delegate);
      const lostAt = performance.now();
      socket.terminate();
      await session(n + 1);
      // At most the first wait of a second: each of these connections had been let in.
      expect((openedAt[n + 1] ?? 0) - lostAt).toBeLessThan(1500);
    }
    expect(delegate.state().connections).toBeGreaterThanOrEqual(4);
  });

  it('waits longer with each failure, a random time that has a bound', async () => {
    const { token, port, close } = await startTestManager();
    await close();
    const delegate = runDelegate({ token, port });
    const waits = () => [...delegate.log().matchAll(/"waitMs":(\d+)/g)].map(([, ms]) => Number(ms));
    await expect.poll(() => waits().length, { timeout: 15_000 }).toBeGreaterThanOrEqual(4);
    for (const [n, ms] of waits().entries()) expect(ms).toBeLessThanOrEqual(Math.min(4000, 1000 * 2 ** n));
    expect(new Set(waits()).size).toBeGreaterThan(1);
  });

  it('takes nothing from a manager that has not its token, and says so', async () => {
    const impostor = await manager({ token: newDelegateToken() });
    const delegate = runDelegate({ ...impostor, token: newDelegateToken() });
    await expect.poll(() => delegate.state().problem, { timeout: 5000 }).toContain('has not the token');
    expect(delegate.state()).toMatchObject({ connected: false, connections: 0 });
  });

  it('takes a manager that does not answer its heartbeats for dead', async () => {
    const silent = await manager({ heartbeatMs: 50 });
    const delegate = runDelegate(silent);
    await silent.session(1);
    expect(delegate.log()).toContain('Wardline answers no more.');
  });

  it('trusts its own CA where it is told to, and otherwise names what to set', async () => {
    const { ca, tls } = await ownAuthority();
    const secure = await manager({ tls });
    const address = { MANAGER_HOST_AND_PORT: `localhost:${secure.port}` };
    const stranger = runDelegate(secure, address);
    await expect.poll(() => stranger.state().problem, { timeout: 5000 }).toContain('put its CA into EXTRA_CA_FILES');
    const trusting = { ...address, EXTRA_CA_FILES: ca };
    await connected(runDelegate(secure, trusting));

    const { url, asked } = await proxy();
    vi.stubEnv('HTTPS_PROXY', url);
    await connected(runDelegate(secure, trusting));
    expect(asked).toContain(`localhost:${secure.port}`);
  });

  it.each<[string, string, Parameters<typeof ownAuthority>[0], string]>([
    ['has expired', 'localhost', { notBeforeDate: daysAgo(9), notAfterDate: daysAgo(2) }, 'has expired. The clock'],
    ['is not valid yet', 'localhost', { notBeforeDate: daysAgo(-2) }, 'is not valid yet. The clock of this host says'],
    ['is of another host', '127.0.0.1', {}, 'is of another host'],
  ])('says that the certificate %s, and what to do', async (_what, host, dates, says) => {
    const { ca, tls } = await ownAuthority(dates);
    const secure = await manager({ tls });
    const delegate = runDelegate(secure, { MANAGER_HOST_AND_PORT: `${host}:${secure.port}`, EXTRA_CA_FILES: ca });
    await expect.poll(() => delegate.state().problem, { timeout: 5000 }).toContain(says);
    expect(delegate.state().problem).not.toContain('EXTRA_CA_FILES');
  });

  it('says that the other side speaks no TLS', async () => {
    const plain = await manager();
    const delegate = runDelegate(plain, { MANAGER_HOST_AND_PORT: `https://127.0.0.1:${plain.port}` });
    await expect.poll(() => delegate.state().problem, { timeout: 5000 }).toContain('begins with http:// where');
  });

  it('warns of a clock that is off, and tells by how much', async () => {
    const ahead = await manager({ now: () => new Date(Date.now() + 600_000) });
    const delegate = runDelegate(ahead);
    await connected(delegate);
    expect(delegate.log()).toContain('600 seconds behind Wardline');
    expect(Math.round((delegate.state().clockSkewMs ?? 0) / 10_000)).toBe(-60);
    const right = runDelegate(await manager());
    await connected(right);
    expect(right.log()).not.toContain('clock of this host');
  });

  it('goes through the proxy that the environment names, unless NO_PROXY names the host', async () => {
    const [own, { url, asked }] = await Promise.all([manager(), proxy()]);
    vi.stubEnv('HTTP_PROXY', url);
    await connected(runDelegate(own));
    expect(asked).toEqual([`127.0.0.1:${own.port}`]);
    vi.stubEnv('NO_PROXY', '127.0.0.1');
    await connected(runDelegate(own));
    expect(asked).toHaveLength(1);
  });

  it('leaves no connection open at a proxy that never answers', async () => {
    const [own, dead] = await Promise.all([manager(), proxy(false)]);
    vi.stubEnv('HTTP_PROXY', dead.url);
    const delegate = runDelegate(own);
    await expect.poll(() => dead.asked.length, { timeout: 2000 }).toBe(1);
    // Decided for each connection: the next one is direct.
    vi.stubEnv('NO_PROXY', '127.0.0.1');
    await expect.poll(() => delegate.log(), { timeout: 12_000 }).toContain('did not connect within 10 s');
    await connected(delegate);
    await expect.poll(() => dead.open()).toBe(0);
  });

  it('stops at once while it is still connecting', async () => {
    const [own, dead] = await Promise.all([manager(), proxy(false)]);
    vi.stubEnv('HTTP_PROXY', dead.url);
    const delegate = runDelegate(own);
    await expect.poll(() => dead.asked.length, { timeout: 2000 }).toBe(1);
    const stoppedAt = performance.now();
    await delegate.stop();
    expect(performance.now() - stoppedAt).toBeLessThan(1000);
  });
});
