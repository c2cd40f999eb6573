import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type EnvironmentAgentOptions, environmentAgents } from './environment-agent.ts';
import { proxyFor } from './proxy.ts';
import { ownAuthority, startTestProxy, type TestProxyOptions, tlsFront } from './testing/index.ts';

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];
beforeEach(() => {
  for (const name of VARIABLES.flatMap((upper) => [upper, upper.toLowerCase()])) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

async function host() {
  const server = createServer((_request, response) => response.end('the host'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function secureHost() {
  const { ca, tls } = await ownAuthority();
  const front = await tlsFront(await host(), tls);
  onTestFinished(() => front.close());
  return {
    url: front.url,
    host: new URL(front.url).host,
    accepted: front.accepted,
    tls,
    ca: [readFileSync(ca, 'utf8')],
  };
}

async function proxy(options?: TestProxyOptions) {
  const started = await startTestProxy(options);
  onTestFinished(() => started.close());
  return started;
}

async function get(url: string, options: EnvironmentAgentOptions = {}, agents = environmentAgents(options)) {
  const secure = url.startsWith('https:');
  const agent = secure ? agents.https : agents.http;
  const request = (secure ? httpsRequest : httpRequest)(url, { agent }).end();
  const [response] = await once(request, 'response');
  return { status: response.statusCode, body: await text(response) };
}

describe('an agent of the environment', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])('makes a tunnel through the proxy of %s', async (name) => {
    const [{ url, host: name_, ca }, { url: proxyUrl, asked }] = await Promise.all([secureHost(), proxy()]);
    vi.stubEnv(name, proxyUrl);
    expect(await get(url, { ca })).toEqual({ status: 200, body: 'the host' });
    expect(asked).toEqual([name_]);
  });

  it('takes a proxy without a scheme for one that speaks HTTP', async () => {
    const [{ url, ca }, { url: proxyUrl, asked }] = await Promise.all([secureHost(), proxy()]);
    vi.stubEnv('HTTPS_PROXY', new URL(proxyUrl).host);
    expect(await get(url, { ca })).toEqual({ status: 200, body: 'the host' });
    expect(asked).toHaveLength(1);
  });

  it('speaks TLS to a proxy that does', async () => {
    const { url, tls, ca } = await secureHost();
    const { url: proxyUrl, asked } = await proxy({ tls });
    vi.stubEnv('HTTPS_PROXY', proxyUrl);
    expect(await get(url, { ca })).toEqual({ status: 200, body: 'the host' });
    expect(asked).toHaveLength(1);
    await expect(get(url, {})).rejects.toThrow(`The proxy ${proxyUrl} cannot be used: `);
  });

  it.each(['localhost', '.localhost,localhost:*,localhost', '*'])(
    'goes straight where NO_PROXY is %s',
    async (name) => {
      const [{ url, ca }, { url: proxyUrl, asked }] = await Promise.all([secureHost(), proxy()]);
      vi.stubEnv('HTTPS_PROXY', proxyUrl);
      vi.stubEnv('NO_PROXY', name);
      expect(await get(url, { ca })).toEqual({ status: 200, body: 'the host' });
      expect(asked).toEqual([]);
    },
  );

  it('logs in at a proxy, with characters that a URL cannot have too', async () => {
    const [{ url, ca }, { url: proxyUrl }] = await Promise.all([secureHost(), proxy({ login: 'ann:p@ss:word/%' })]);
    vi.stubEnv('HTTPS_PROXY', proxyUrl.replace('//', '//ann:p%40ss%3Aword%2F%25@'));
    expect(await get(url, { ca })).toEqual({ status: 200, body: 'the host' });
    vi.stubEnv('HTTPS_PROXY', proxyUrl.replace('//', '//ann:wrong-one@'));
    const error: unknown = await get(url, { ca }).catch((thrown: unknown) => thrown);
    expect(String(error)).toBe(
      `ProxyError: The proxy ${proxyUrl} does not accept the user and the password that HTTPS_PROXY has (407).`,
    );
    vi.stubEnv('HTTPS_PROXY', proxyUrl);
    await expect(get(url, { ca })).rejects.toThrow('wants a login: put it into HTTPS_PROXY');
  });

  it('says that a proxy refuses, or gives its answer on as if the host had given it', async () => {
    const [{ url, ca }, { url: proxyUrl }] = await Promise.all([secureHost(), proxy({ refusesWith: 502 })]);
    vi.stubEnv('HTTPS_PROXY', proxyUrl);
    await expect(get(url, { ca })).rejects.toThrow(`The proxy ${proxyUrl} refuses: 502 Refused.`);
    expect(await get(url, { ca, refusals: 'answers' })).toEqual({ status: 502, body: '' });
  });

  it('keeps connections for the next request, direct ones and tunnels', async () => {
    const [direct, { url: proxyUrl, asked }] = await Promise.all([secureHost(), proxy()]);
    const behind = await tlsFront(await host(), direct.tls);
    onTestFinished(() => behind.close());
    vi.stubEnv('HTTPS_PROXY', proxyUrl);
    vi.stubEnv('NO_PROXY', direct.host);
    const agents = environmentAgents({ ca: direct.ca });
    for (const { url } of [direct, behind, direct, behind]) {
      expect(await get(url, {}, agents)).toEqual({ status: 200, body: 'the host' });
    }
    expect([direct.accepted(), behind.accepted()]).toEqual([1, 1]);
    expect(asked).toEqual([new URL(behind.url).host]);
  });

  it('keeps no connection to a proxy that refused', async () => {
    const [{ url, ca }, { url: proxyUrl, asked }] = await Promise.all([secureHost(), proxy({ refusesWith: 502 })]);
    vi.stubEnv('HTTPS_PROXY', proxyUrl);
    const agents = environmentAgents({ ca, refusals: 'answers' });
    for (let n = 0; n < 2; n += 1) expect(await get(url, {}, agents)).toEqual({ status: 502, body: '' });
    expect(asked).toHaveLength(2);
  });

  it('names a proxy that is not there, with the code of why', async () => {
    const url = await host();
    vi.stubEnv('HTTP_PROXY', 'http://ann:secret-word@127.0.0.1:1');
    await expect(get(url)).rejects.toMatchObject({
      message: 'The proxy http://127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1',
      code: 'ECONNREFUSED',
    });
  });
});

describe('the proxy for a host', () => {
  it.each(['socks5://ann:secret-word@proxy:1080', 'http://', 'http://ann:secret-word@ho st:1'])(
    'is not %s',
    (value) => {
      vi.stubEnv('HTTPS_PROXY', value);
      const find = () => proxyFor('https', 'example.com', 443);
      expect(find).toThrow('HTTPS_PROXY names no proxy that can be used');
      expect(find).not.toThrow('secret-word');
    },
  );

  it('has a login whose % are those of a URL', () => {
    vi.stubEnv('HTTPS_PROXY', 'http://ann:100%@proxy:3128');
    expect(() => proxyFor('https', 'example.com', 443)).toThrow('Write it as %25.');
  });

  it('is none for link-local addresses, where a host asks for its own identity', () => {
    vi.stubEnv('ALL_PROXY', 'http://proxy:3128');
    for (const own of ['169.254.169.254', '169.254.170.2', 'fe80::1', 'fd00:ec2::254']) {
      expect(proxyFor('http', own, 80)).toBeUndefined();
    }
    expect(proxyFor('http', '::1', 80)?.name).toBe('http://proxy:3128');
  });
});
