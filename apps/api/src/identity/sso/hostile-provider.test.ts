import { once } from 'node:events';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makePair } from '../../tls/testing/make-pair.ts';
import { fetchJson } from './fetch-json.ts';
import { Provider } from './provider.ts';

const servers: Server[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close();
});

/** A provider that answers as it likes. @returns its issuer. */
async function serve(answer: (issuer: string) => string, pair?: { cert: string; key: string }): Promise<string> {
  let issuer = '';
  const listener: RequestListener = (_request, response) => response.end(answer(issuer));
  const server = pair ? createHttps(pair, listener) : createHttp(listener);
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  issuer = `${pair ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return issuer;
}

function know(issuer: string) {
  const config = { issuer, clientId: 'c', clientSecret: 's', name: 'n', autoCreate: false, defaultRole: undefined };
  return new Provider(config, () => new Date()).know();
}

const description = (issuer: string, changed: object = {}) =>
  JSON.stringify({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    ...changed,
  });

describe('a provider of single sign-on behind TLS', () => {
  // Its certificate is one of this test.
  const trustIt = () => vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');

  it('is known by addresses that TLS protects', async () => {
    trustIt();
    const issuer = await serve(description, await makePair());
    expect((await know(issuer)).metadata.token_endpoint).toBe(`${issuer}/token`);
  });

  it.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'])(
    'has the server call nothing else of this machine, nor anything in clear: %s',
    async (name) => {
      trustIt();
      const pair = await makePair();
      for (const stray of [
        'http://127.0.0.1:9/admin',
        'http://localhost/',
        'http://idp.example/',
        'file:///etc/passwd',
      ]) {
        const issuer = await serve((own) => description(own, { [name]: stray }), pair);
        await expect(know(issuer)).rejects.toMatchObject({
          problem: 'sso-misconfigured',
          message: expect.stringContaining(`names a ${name} that is not protected by TLS`),
        });
      }
    },
  );
});

it('reads no answer without end', async () => {
  const issuer = await serve((own) => description(own, { padding: 'x'.repeat(1024 * 1024) }));
  await expect(know(issuer)).rejects.toMatchObject({
    problem: 'sso-unavailable',
    message: expect.stringContaining('longer than a megabyte'),
  });
  const long = await serve(() => JSON.stringify('x'.repeat(1024 * 1024 - 2)));
  expect((await fetchJson(long)).body).toHaveLength(1024 * 1024 - 2);
});
