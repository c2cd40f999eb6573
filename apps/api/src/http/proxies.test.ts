import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';

let testApp: TestApp;
afterEach(() => testApp.close());

const FORWARDED = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'secrets.example.com',
};

/** What the application takes the client for, asked over a socket from 127.0.0.1. */
async function clientSeen(trusted: string, headers: IncomingHttpHeaders): Promise<unknown> {
  testApp = await startTestApp('sqlite', { env: { WARDLINE_TRUST_PROXY: trusted } });
  const { app } = testApp;
  let seen: unknown;
  app.addHook('onRequest', async ({ ip, protocol, host }) => {
    seen = { ip, protocol, host };
  });
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  await new Promise<void>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: '/health', headers: { ...headers, host: '127.0.0.1' } });
    call
      .once('response', (response) => text(response).then(() => resolve(), reject))
      .once('error', reject)
      .end();
  });
  return seen;
}

const DIRECT = { ip: '127.0.0.1', protocol: 'http', host: '127.0.0.1' };
const THROUGH_PROXY = { ip: '203.0.113.9', protocol: 'https', host: 'secrets.example.com' };

describe('what a request says about the client before a proxy', () => {
  it.each([
    ['no proxy is named', ''],
    ['the peer is not the proxy', '10.0.0.7'],
    ['the peer is outside the range', '128.0.0.0/8'],
  ])('is ignored where %s', async (_why, trusted) => {
    expect(await clientSeen(trusted, FORWARDED)).toEqual(DIRECT);
  });

  it.each(['127.0.0.1', '127.0.0.0/8', '10.0.0.7, 127.0.0.1'])('is believed of the proxy: %s', async (trusted) => {
    expect(await clientSeen(trusted, FORWARDED)).toEqual(THROUGH_PROXY);
  });

  it('does not reach behind the first address that is no proxy, whatever a client wrote there', async () => {
    const headers = { ...FORWARDED, 'x-forwarded-for': '127.0.0.1, 10.9.9.9, 203.0.113.9' };
    expect(await clientSeen('127.0.0.1', headers)).toEqual(THROUGH_PROXY);
  });
});
