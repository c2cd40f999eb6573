import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newDelegateToken } from '@wardline/delegate-protocol';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runDelegate } from './testing/run-delegate.ts';
import { startTestManager } from './testing/test-manager.ts';
import { startTestProxy } from './testing/test-proxy.ts';

afterEach(() => vi.unstubAllEnvs());

async function manager(options?: Parameters<typeof startTestManager>[0]) {
  const started = await startTestManager(options);
  onTestFinished(() => started.close());
  return started;
}

async function proxy(answers?: boolean) {
  const started = await startTestProxy(answers);
  onTestFinished(() => started.close());
  return started;
}

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
    const folder = mkdtempSync(join(tmpdir(), 'wardline-delegate-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    writeFileSync(join(folder, 'ca.pem'), cert);
    const secure = await manager({ tls: { key, cert } });
    const address = { MANAGER_HOST_AND_PORT: `localhost:${secure.port}` };
    const stranger = runDelegate(secure, address);
    await expect.poll(() => stranger.state().problem, { timeout: 5000 }).toContain('put its CA into EXTRA_CA_FILES');
    const trusting = { ...address, EXTRA_CA_FILES: join(folder, 'ca.pem') };
    await connected(runDelegate(secure, trusting));

    const { url, asked } = await proxy();
    vi.stubEnv('HTTPS_PROXY', url);
    await connected(runDelegate(secure, trusting));
    expect(asked).toContain(`localhost:${secure.port}`);
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
