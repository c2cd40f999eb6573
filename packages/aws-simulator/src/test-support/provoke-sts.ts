import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { StsSituation } from '../expected-answers/sts.ts';
import type { Simulator } from '../simulator.ts';
import { type Credentials, hostKeys, roleArn, stsClient, userKeys } from './clients.ts';
import type { Issuer, TokenChanges } from './issuer.ts';
import { callSts, type SigningOptions, type WireAnswer } from './signed-request.ts';

type Provoke = (simulator: Simulator, issuer: Issuer) => Promise<WireAnswer>;

const whoAmI = (s: Simulator, options: SigningOptions = {}) => callSts(s, { Action: 'GetCallerIdentity' }, options);

async function assume(s: Simulator, changes: Record<string, string>, credentials?: Credentials): Promise<WireAnswer> {
  const form = {
    Action: 'AssumeRole',
    RoleArn: roleArn(s, 'wardline-kms'),
    RoleSessionName: 'test',
    ExternalId: 'wardline-demo',
    ...changes,
  };
  return callSts(s, form, { credentials: credentials ?? (await hostKeys(s)) });
}

const exchange = async (s: Simulator, issuer: Issuer, token: TokenChanges, role = 'wardline-oidc') =>
  callSts(
    s,
    {
      Action: 'AssumeRoleWithWebIdentity',
      RoleArn: roleArn(s, role),
      RoleSessionName: 'test',
      WebIdentityToken: await issuer.token(token),
    },
    'unsigned',
  );

/** Credentials of a session that carries a session policy. */
export async function assumeWithPolicy(s: Simulator, policy: object): Promise<Credentials> {
  const command = new AssumeRoleCommand({
    RoleArn: roleArn(s, 'wardline-kms'),
    RoleSessionName: 'test',
    ExternalId: 'wardline-demo',
    Policy: JSON.stringify(policy),
  });
  const { Credentials: made } = await stsClient(s, await hostKeys(s)).send(command);
  return {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
  };
}

/** How each situation of STS comes about, on a simulator of its own that trusts the issuer. */
export const PROVOKE_STS: Record<StsSituation, Provoke> = {
  'access key unknown to STS': (s) =>
    whoAmI(s, { credentials: { ...userKeys(s, 'wardline'), accessKeyId: 'AKIANOBODY' } }),
  'session token missing': async (s) => {
    const { accessKeyId, secretAccessKey } = await hostKeys(s);
    return whoAmI(s, { credentials: { accessKeyId, secretAccessKey } });
  },
  'temporary credentials expired at STS': async (s) => {
    s.faults.add({ service: 'container', kind: 'expired-credentials' });
    return whoAmI(s, { credentials: await hostKeys(s) });
  },
  'clock 16 minutes slow at STS': (s) => whoAmI(s, { signedAt: new Date(Date.now() - 16 * 60_000) }),
  'signed for another region': (s) => whoAmI(s, { scope: { region: 'eu-west-1' } }),
  'role does not trust the caller': (s) => assume(s, {}, userKeys(s, 'wardline')),
  'role missing': (s) => assume(s, { RoleArn: roleArn(s, 'wardline-kms').replace('-kms', '-gone') }),
  'session name with a space': (s) => assume(s, { RoleSessionName: 'a b' }),
  'malformed role ARN': (s) => assume(s, { RoleArn: 'arn:aws:iam::nobody:thing/x' }),
  'duration too short': (s) => assume(s, { DurationSeconds: '60' }),
  'duration above the maximum of the role': (s) => assume(s, { DurationSeconds: '10000' }),
  'role chaining over one hour': (s) => assume(s, { DurationSeconds: '5400' }),
  'issuer not registered': (s, issuer) => exchange(s, issuer, { claims: { iss: 'https://nobody.example' } }),
  'audience not registered': (s, issuer) => exchange(s, issuer, { claims: { aud: 'somebody-else' } }),
  'subject not trusted': (s, issuer) => exchange(s, issuer, { claims: { sub: 'another' } }),
  'role trusts no web identity': (s, issuer) => exchange(s, issuer, {}, 'wardline-kms'),
  'web identity token expired': (s, issuer) =>
    exchange(s, issuer, { claims: { exp: Math.floor(Date.now() / 1000) - 5 } }),
  'signing keys of the issuer unreachable': (s, issuer) => {
    s.faults.add({ service: 'sts', kind: 'jwks-down' });
    return exchange(s, issuer, {});
  },
};
