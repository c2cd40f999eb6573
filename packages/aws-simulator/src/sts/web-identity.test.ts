import { AssumeRoleWithWebIdentityCommand } from '@aws-sdk/client-sts';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { roleArn, stsClient } from '../test-support/clients.ts';
import { type Issuer, startIssuer } from '../test-support/issuer.ts';

let issuer: Issuer;
let simulator: Simulator;
beforeAll(async () => {
  issuer = await startIssuer();
  simulator = await startSimulator({ oidcIssuer: issuer.url });
});
afterAll(async () => {
  await simulator.close();
  await issuer.close();
});

const exchange = (WebIdentityToken: string, more: { DurationSeconds?: number } = {}) =>
  stsClient(simulator).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArn(simulator, 'wardline-oidc'),
      RoleSessionName: 'test',
      WebIdentityToken,
      ...more,
    }),
  );
const now = (): number => Math.floor(Date.now() / 1000);
const claims = () => ({ iss: issuer.url, sub: 'default', aud: 'sts.amazonaws.com', iat: now(), exp: now() + 60 });

describe('a web identity token', () => {
  it('may name several audiences, one of them registered', async () => {
    const answer = await exchange(await issuer.token({ claims: { aud: ['x', 'sts.amazonaws.com'] } }));
    expect(answer.Audience).toBe('sts.amazonaws.com');
  });

  it.each<[string, () => Promise<string> | string, string, string]>([
    ['is no JWT', () => 'not-a-token', 'InvalidIdentityTokenException', 'not a valid JWT'],
    ['is of a foreign key', () => issuer.token({ foreignKey: true }), 'InvalidIdentityTokenException', 'signature'],
    ['names an unknown key', () => issuer.token({ kid: 'key-2' }), 'InvalidIdentityTokenException', 'verification key'],
    ['is signed with PS256', () => issuer.token({ alg: 'PS256' }), 'InvalidIdentityTokenException', 'not valid'],
    ['is not signed', () => new UnsecuredJWT(claims()).encode(), 'InvalidIdentityTokenException', 'not valid'],
    [
      'is signed with a shared secret',
      () => new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(Buffer.alloc(32, 1)),
      'InvalidIdentityTokenException',
      'not valid',
    ],
    ['is not valid yet', () => issuer.token({ claims: { nbf: now() + 300 } }), 'InvalidIdentityTokenException', 'nbf'],
    [
      'was issued in the future',
      () => issuer.token({ claims: { iat: now() + 300 } }),
      'InvalidIdentityTokenException',
      'iat',
    ],
    [
      'is of another issuer',
      () => issuer.token({ claims: { iss: `${issuer.url}/` } }),
      'InvalidIdentityTokenException',
      'No OpenIDConnect provider',
    ],
    ['has expired', () => issuer.token({ claims: { exp: now() - 1 } }), 'ExpiredTokenException', 'Token expired'],
    [
      'is of another subject',
      () => issuer.token({ claims: { sub: 'x' } }),
      'AccessDenied',
      'Not authorized to perform',
    ],
  ])('that %s is refused', async (_what, token, name, text) => {
    const attempt = exchange(await token());
    await expect(attempt).rejects.toMatchObject({ name });
    await expect(attempt).rejects.toThrow(text);
  });

  it('gives a session no longer than the role allows', async () => {
    const attempt = exchange(await issuer.token(), { DurationSeconds: 7200 });
    await expect(attempt).rejects.toThrow('exceeds the MaxSessionDuration set for this role');
  });

  it('cannot be verified while the issuer is away', async () => {
    const gone = await startIssuer();
    const token = await gone.token();
    await gone.close();
    const lonely = await startSimulator({ oidcIssuer: gone.url });
    const attempt = stsClient(lonely).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: roleArn(lonely, 'wardline-oidc'),
        RoleSessionName: 'test',
        WebIdentityToken: token,
      }),
    );
    await expect(attempt).rejects.toThrow("Couldn't retrieve verification key");
    await lonely.close();
  });

  it('is trusted again once its role is repaired', async () => {
    const token = await issuer.token({ claims: { sub: 'repaired' } });
    await expect(exchange(token)).rejects.toMatchObject({ name: 'AccessDenied' });
    const name = issuer.url.replace('http://', '');
    simulator.admin.putTrustPolicy('wardline-oidc', {
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${simulator.accountId}:oidc-provider/${name}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${name}:sub`]: 'repaired' } },
      },
    });
    expect((await exchange(token)).SubjectFromWebIdentityToken).toBe('repaired');
  });
});
