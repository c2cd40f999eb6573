import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownAuthority, startTestProxy, type TestProxyOptions, tlsFront } from '@wardline/http-agent/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { API_KEY } from '../server/api-key.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { wardline } from './wardline.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function proxy(options?: TestProxyOptions) {
  const started = await startTestProxy(options);
  onTestFinished(() => started.close());
  return started;
}

/** The server behind TLS, with a certificate of an authority of its own. */
async function secureServer() {
  const { ca, tls } = await ownAuthority();
  const front = await tlsFront(server.url, tls);
  onTestFinished(() => front.close());
  const { host } = new URL(front.url);
  return { host, env: { WARDLINE_URL: front.url, WARDLINE_API_KEY: API_KEY, NODE_EXTRA_CA_CERTS: ca } };
}

const plain = () => ({ WARDLINE_URL: server.url, WARDLINE_API_KEY: API_KEY });

describe('the command line behind a proxy', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])('asks in a tunnel of %s, unless NO_PROXY names the host', async (name) => {
    const [{ host, env }, { url, asked }] = await Promise.all([secureServer(), proxy({ login: 'ann:p@ss' })]);
    const through = { ...env, [name]: url.replace('//', '//ann:p%40ss@') };
    const { exitCode, out, error } = await wardline(['whoami', '--json'], through);
    expect([exitCode, error]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ url: env.WARDLINE_URL });
    expect(asked).toEqual([host]);

    expect(await wardline(['whoami'], { ...through, no_proxy: 'localhost' })).toMatchObject({ exitCode: 0 });
    expect(asked).toHaveLength(1);
  });

  it('asks for HTTP as proxies are asked, and streams both ways', async () => {
    const { url, asked } = await proxy({ login: 'ann:secret' });
    const env = { ...plain(), HTTP_PROXY: url.replace('//', '//ann:secret@') };
    const folder = mkdtempSync(join(tmpdir(), 'wardline-proxy-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [sent, fetched] = [join(folder, 'sent'), join(folder, 'fetched')];
    writeFileSync(sent, randomBytes(3_000_000));
    expect(await wardline(['files', 'put', 'account.through_proxy', sent], env)).toMatchObject({ exitCode: 0 });
    expect(await wardline(['files', 'get', 'account.through_proxy', fetched], env)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(fetched).equals(readFileSync(sent))).toBe(true);
    const verified = await wardline(['audit', 'verify'], env);
    expect([verified.exitCode, verified.error]).toEqual([0, '']);
    expect(asked).toContain(`POST ${server.url}/audit/api/audits/verify`);
    expect(asked.every((one) => one.includes(server.url))).toBe(true);
  });

  it.each([
    [407, 'wants a login: put it into'],
    [502, 'refuses: 502'],
  ])('names a proxy that says %d, in tunnels and without, and what to do', async (refusesWith, says) => {
    const [{ env }, { url }] = await Promise.all([secureServer(), proxy({ refusesWith })]);
    for (const ended of await Promise.all([
      wardline(['whoami'], { ...env, HTTPS_PROXY: url }),
      wardline(['whoami'], { ...plain(), HTTP_PROXY: url }),
    ])) {
      expect(ended).toMatchObject({ exitCode: 3, error: expect.stringContaining(`The proxy ${url} ${says}`) });
    }
  });

  it('waits ten seconds for a proxy that does not answer, and names it', async () => {
    const [{ env }, { url }] = await Promise.all([secureServer(), proxy({ answers: false })]);
    const { exitCode, error } = await wardline(['whoami'], { ...env, HTTPS_PROXY: url });
    expect([exitCode, error]).toEqual([3, expect.stringContaining(`The proxy ${url} did not connect within 10 s`)]);
  });

  it.each(['HTTPS_PROXY', 'HTTP_PROXY'])('never shows the password in %s', async (name) => {
    const { env } = await secureServer();
    const own = name === 'HTTPS_PROXY' ? env : plain();
    const { url } = await proxy({ login: 'ann:right' });
    const wrong = { ...own, DEBUG: '*', [name]: url.replace('//', '//ann:wrong-secret@') };
    const refused = await wardline(['whoami'], wrong);
    expect(refused).toMatchObject({ exitCode: 3, error: expect.stringContaining(`The proxy ${url} does not accept`) });
    const away = await wardline(['whoami'], { ...own, DEBUG: '*', [name]: 'http://ann:wrong-secret@127.0.0.1:1' });
    expect(away).toMatchObject({ exitCode: 3, error: expect.stringContaining('The proxy http://127.0.0.1:1 cannot') });
    const none = await wardline(['whoami'], { ...own, DEBUG: '*', [name]: 'socks5://ann:wrong-secret@127.0.0.1' });
    expect(none).toMatchObject({ exitCode: 2, error: expect.stringContaining(`${name} names no proxy`) });
    for (const { out, error } of [refused, away, none]) {
      expect(out + error).not.toMatch(/wrong-secret/);
      expect(out + error).not.toContain(Buffer.from('ann:wrong-secret').toString('base64'));
      expect(out + error).not.toContain(API_KEY);
    }
  });
});
