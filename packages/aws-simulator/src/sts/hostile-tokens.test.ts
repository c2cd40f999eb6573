import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportJWK, type JWTHeaderParameters, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Listener, listen } from '../http/server.ts';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { roleArn } from '../test-support/clients.ts';
import { callSts } from '../test-support/signed-request.ts';

/** An issuer that publishes several keys, and tokens that try to choose how they are checked. */
const [first, second, stranger] = [0, 1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
let issuer: Listener;
let simulator: Simulator;
beforeAll(async () => {
  const published = { first: first?.publicKey, second: second?.publicKey, curve: curve.publicKey };
  const keys = await Promise.all(
    Object.entries(published).map(async ([kid, key]) => ({ ...(await exportJWK(key as KeyObject)), kid })),
  );
  issuer = await listen(async (request, response) => {
    const url = `http://${request.headers.host}`;
    response.end(JSON.stringify(request.url === '/jwks' ? { keys } : { issuer: url, jwks_uri: `${url}/jwks` }));
  });
  simulator = await startSimulator({ oidcIssuer: issuer.url });
});
afterAll(async () => {
  await simulator.close();
  await issuer.close();
});

const sign = (key: KeyObject | Uint8Array | undefined, header: JWTHeaderParameters, claims: object = {}) => {
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: issuer.url, sub: 'default', aud: 'sts.amazonaws.com', iat: now, exp: now + 60 };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader(header).sign(key ?? new Uint8Array());
};
const exchange = async (WebIdentityToken: string) => {
  const RoleArn = roleArn(simulator, 'wardline-oidc');
  const form = { Action: 'AssumeRoleWithWebIdentity', RoleArn, RoleSessionName: 'test', WebIdentityToken };
  return (await callSts(simulator, form, 'unsigned')).code || 'accepted';
};

it.each([
  ['the first key', () => sign(first?.privateKey, { alg: 'RS256', kid: 'first' })],
  ['the second key', () => sign(second?.privateKey, { alg: 'RS256', kid: 'second' })],
  ['a key on a curve', () => sign(curve.privateKey, { alg: 'ES256', kid: 'curve' })],
])('of several published keys, the token is checked with the one that it names: %s', async (_, token) => {
  expect(await exchange(await token())).toBe('accepted');
});

it.each([
  ['one key under the name of another', () => sign(first?.privateKey, { alg: 'RS256', kid: 'second' })],
  ['a foreign key under a published name', () => sign(stranger?.privateKey, { alg: 'RS256', kid: 'first' })],
  [
    'a key that the token brings along',
    async () => {
      const jwk = await exportJWK(stranger?.publicKey as KeyObject);
      return sign(stranger?.privateKey, { alg: 'RS256', kid: 'first', jwk });
    },
  ],
  [
    'a key from an address that the token names',
    () => sign(stranger?.privateKey, { alg: 'RS256', kid: 'first', jku: 'http://127.0.0.1:1/jwks' }),
  ],
  [
    'the published key as a shared secret',
    () => {
      const pem = createPublicKey(first?.publicKey.export({ type: 'spki', format: 'pem' }) ?? '');
      const secret = new TextEncoder().encode(String(pem.export({ type: 'spki', format: 'pem' })));
      return sign(secret, { alg: 'HS256', kid: 'first' });
    },
  ],
  ['an end that is no number', () => sign(first?.privateKey, { alg: 'RS256', kid: 'first' }, { exp: '9999999999' })],
])('refused: %s', async (_, token) => {
  expect(await exchange(await token())).toBe('InvalidIdentityToken');
});

it('a Deny for everyone in the trust policy holds for tokens too, however it is written', async () => {
  const provider = `arn:aws:iam::${simulator.accountId}:oidc-provider/${issuer.url.replace('http://', '')}`;
  const Action = 'sts:AssumeRoleWithWebIdentity';
  const allow = { Effect: 'Allow', Principal: { Federated: provider }, Action };
  const token = await sign(first?.privateKey, { alg: 'RS256', kid: 'first' });
  for (const Principal of ['*', { AWS: '*' }]) {
    simulator.admin.putTrustPolicy('wardline-oidc', { Statement: [allow, { Effect: 'Deny', Principal, Action }] });
    expect(await exchange(token)).toBe('AccessDenied');
  }
  simulator.admin.putTrustPolicy('wardline-oidc', { Statement: allow });
  expect(await exchange(token)).toBe('accepted');
});
