import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../test-connection/testing/start-server.ts';
import { describeEachEngine } from '../test-support/test-app.ts';
import { oidcIssuer } from './issuer.ts';
import { mintToken } from './mint-token.ts';
import { signingKeys } from './signing-keys.ts';

interface Discovery {
  readonly issuer: string;
  readonly jwks_uri: string;
}

describeEachEngine((engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const mint = (scope: { orgIdentifier?: string; projectIdentifier?: string } = {}) =>
    mintToken({
      issuer: oidcIssuer(server.config),
      keys: signingKeys(server.deps),
      now: new Date(),
      scope: { accountIdentifier: 'default', ...scope },
      connector: { identifier: 'my_kms', name: 'My KMS' },
    });

  async function discover(): Promise<Discovery> {
    const answer = await fetch(`${oidcIssuer(server.config)}/.well-known/openid-configuration`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Discovery;
  }

  it('verifies a token as AWS does: from the issuer alone, over HTTP', async () => {
    const { token } = await mint();
    const { issuer, jwks_uri } = await discover();
    expect(issuer).toBe(`${server.url}/ng/api/oidc/account/default`);
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), {
      issuer,
      audience: 'sts.amazonaws.com',
      subject: 'default',
      algorithms: ['RS256'],
    });
    expect(payload).toMatchObject({
      account_id: 'default',
      connector_id: 'my_kms',
      connector_name: 'My KMS',
      context: 'CONNECTOR_VALIDATION',
      jti: expect.any(String),
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    expect(payload.nbf).toBe(payload.iat);
    expect(payload).not.toHaveProperty('organization_id');
    expect(payload).not.toHaveProperty('project_id');
  });

  it('names organization and project in the subject and the claims of a scoped connector', async () => {
    const { token, claims } = await mint({ orgIdentifier: 'ops', projectIdentifier: 'pay' });
    const { jwks_uri } = await discover();
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)));
    expect(payload).toMatchObject({
      sub: 'account/default:org/ops:project/pay',
      organization_id: 'ops',
      project_id: 'pay',
    });
    expect(claims.subject).toBe(payload.sub);
    expect((await mint({ orgIdentifier: 'ops' })).claims.subject).toBe('account/default:org/ops:project/');
  });

  it('publishes public keys only, at the documented path and at the one with a hyphen, and lets them be cached', async () => {
    const { jwks_uri } = await discover();
    expect(jwks_uri).toBe(`${server.url}/ng/api/oidc/account/default/.wellknown/jwks`);
    const answer = await fetch(jwks_uri);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    const document = (await answer.json()) as { keys: Record<string, string>[] };
    expect(document.keys).toEqual([
      { kty: 'RSA', kid: expect.any(String), use: 'sig', alg: 'RS256', n: expect.any(String), e: 'AQAB' },
    ]);
    expect(await (await fetch(jwks_uri.replace('.wellknown', '.well-known'))).json()).toEqual(document);
  });

  it('has no other account', async () => {
    const answer = await fetch(`${server.url}/ng/api/oidc/account/other/.wellknown/jwks`);
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'ENTITY_NOT_FOUND' }]);
  });

  it('stores the private key encrypted', async () => {
    await mint();
    const rows = await server.db.selectFrom('oidc_keys').selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const { public_jwk, sealed_private_key } of rows) {
      expect(Object.keys(JSON.parse(public_jwk)).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
      expect(Buffer.from(sealed_private_key, 'base64').toString('latin1')).not.toContain('PRIVATE KEY');
    }
  });

  it('signs with the newest key and still publishes the older ones', async () => {
    const { token: older } = await mint();
    const [row] = await server.deps.storage.oidcKeys.list();
    const donor = await startServer(engine);
    const foreign = signingKeys({ ...donor.deps, masterKey: server.deps.masterKey });
    await foreign.current();
    const [newer] = await donor.deps.storage.oidcKeys.list();
    await donor.close();
    if (!row || !newer) throw new Error('There is no key.');
    const later = new Date(Date.parse(row.created_at) + 1000).toISOString();
    await server.deps.storage.oidcKeys.insert({ ...newer, created_at: later });

    const { token } = await mint();
    expect(decodeProtectedHeader(token).kid).toBe(newer.kid);
    const keys = createLocalJWKSet(await signingKeys(server.deps).publicKeys());
    await expect(jwtVerify(token, keys)).resolves.toBeDefined();
    await expect(jwtVerify(older, keys)).resolves.toBeDefined();
  });
});

describeEachEngine((engine) => {
  it('agrees on one key when several start at the same time', async () => {
    const server = await startServer(engine);
    const processes = Array.from({ length: 6 }, () => signingKeys(server.deps));
    const kids = await Promise.all(processes.map(async (keys) => (await keys.current()).kid));
    expect(new Set(kids).size).toBe(1);
    expect(await server.deps.storage.oidcKeys.list()).toHaveLength(1);
    await server.close();
  });
});
