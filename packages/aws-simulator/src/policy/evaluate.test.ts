import { describe, expect, it } from 'vitest';
import { ConditionContext } from './conditions.ts';
import { denialMessage } from './denial-message.ts';
import { identityPolicySchema, resourcePolicySchema } from './document.ts';
import { type Decision, evaluate, type Guardrails } from './evaluate.ts';
import type { Caller } from './principals.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const KEY = `arn:aws:kms:local-1:${ACCOUNT}:key/k`;
const ACTION = 'kms:Decrypt';

const identity = (Effect: 'Allow' | 'Deny', Action = 'kms:*', Resource = '*') =>
  identityPolicySchema.parse({ Statement: { Effect, Action, Resource } });
const resource = (Effect: 'Allow' | 'Deny', Principal: unknown) =>
  resourcePolicySchema.parse({ Statement: [{ Effect, Principal, Action: 'kms:*', Resource: '*' }] });
const both = (...policies: ReturnType<typeof resource>[]) => ({
  Statement: policies.flatMap((policy) => policy.Statement),
});
const root = (account = ACCOUNT) => ({ AWS: `arn:aws:iam::${account}:root` });

const user = (changes: Partial<Caller> = {}, accountId = ACCOUNT): Caller =>
  ({
    kind: 'user',
    arn: `arn:aws:iam::${accountId}:user/ann`,
    userName: 'ann',
    userId: 'AIDA',
    accountId,
    identityPolicies: [],
    boundary: undefined,
    ...changes,
  }) as Caller;
const session = (changes: Partial<Extract<Caller, { kind: 'role-session' }>> = {}): Caller => ({
  kind: 'role-session',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/app/one`,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/team/app`,
  userId: 'AROA:one',
  accountId: ACCOUNT,
  identityPolicies: [],
  boundary: undefined,
  sessionPolicy: undefined,
  ...changes,
});

const NONE: Guardrails = { serviceControlPolicy: undefined, vpcEndpointPolicy: undefined };
function decide(caller: Caller, keyPolicy: ReturnType<typeof both>, guardrails = NONE): Decision {
  const request = { action: ACTION, resource: KEY, context: new ConditionContext({}) };
  return evaluate(caller, request, { accountId: ACCOUNT, policy: keyPolicy as never }, guardrails);
}
const allowed = { allowed: true };
const denied = (by: string, explicit = false) => ({ allowed: false, by, explicit });

describe('a caller of the key’s own account', () => {
  const mayAll = user({ identityPolicies: [identity('Allow')] });

  it('is allowed by a key policy that names it, without an identity policy', () => {
    expect(decide(user(), both(resource('Allow', { AWS: user().arn })))).toEqual(allowed);
    expect(decide(session(), both(resource('Allow', { AWS: session().arn })))).toEqual(allowed);
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/team/app`;
    expect(decide(session(), both(resource('Allow', { AWS: ['x', roleArn] })))).toEqual(allowed);
    expect(decide(user(), both(resource('Allow', '*')))).toEqual(allowed);
  });

  it.each([root(), { AWS: ACCOUNT }])(
    'needs an identity policy where the key policy names the account (%o)',
    (principal) => {
      expect(decide(mayAll, both(resource('Allow', principal)))).toEqual(allowed);
      expect(decide(user(), both(resource('Allow', principal)))).toEqual(denied('identity-based policy'));
    },
  );

  it('is refused by a key policy that names nobody like it, whatever its identity policies say', () => {
    const other = resource('Allow', { AWS: `arn:aws:iam::${ACCOUNT}:user/bob` });
    expect(decide(mayAll, both(other))).toEqual(denied('resource-based policy'));
    expect(decide(mayAll, both(resource('Allow', root(OTHER))))).toEqual(denied('resource-based policy'));
  });
});

describe('a caller of another account', () => {
  it.each([
    ['both sides', [identity('Allow')], true],
    ['the key policy only', [], false],
  ])('with %s', (_what, identityPolicies, expected) => {
    const stranger = user({ identityPolicies }, OTHER);
    for (const principal of [{ AWS: stranger.arn }, root(OTHER), '*']) {
      const decision = decide(stranger, both(resource('Allow', principal)));
      expect(decision).toEqual(expected ? allowed : denied('identity-based policy'));
    }
  });

  it('with an identity policy only, is refused by the key’s side', () => {
    const stranger = user({ identityPolicies: [identity('Allow')] }, OTHER);
    expect(decide(stranger, both(resource('Allow', root())))).toEqual(denied('resource-based policy'));
  });
});

describe('an explicit deny beats every allow and names its policy type', () => {
  const open = resource('Allow', '*');
  const all = { identityPolicies: [identity('Allow')] };
  const cases: [string, Caller, ReturnType<typeof both>, Guardrails, string][] = [
    ['key policy', user(all), both(open, resource('Deny', { AWS: user().arn })), NONE, 'resource-based policy'],
    ['key policy, by account', user(all), both(open, resource('Deny', root())), NONE, 'resource-based policy'],
    [
      'identity',
      user({ identityPolicies: [identity('Allow'), identity('Deny')] }),
      both(open),
      NONE,
      'identity-based policy',
    ],
    ['boundary', user({ ...all, boundary: identity('Deny') }), both(open), NONE, 'permissions boundary'],
    ['session', session({ ...all, sessionPolicy: identity('Deny') }), both(open), NONE, 'session policy'],
    ['SCP', user(all), both(open), { ...NONE, serviceControlPolicy: identity('Deny') }, 'service control policy'],
    [
      'VPC endpoint',
      user(all),
      both(open),
      { ...NONE, vpcEndpointPolicy: resource('Deny', '*') },
      'VPC endpoint policy',
    ],
  ];
  it.each(cases)('%s', (_what, caller, keyPolicy, guardrails, by) => {
    const decision = decide(caller, keyPolicy, guardrails);
    expect(decision).toEqual(denied(by, true));
    if (decision.allowed) throw new Error('unreachable');
    const article = by.startsWith('identity') ? 'an' : 'a';
    expect(denialMessage(caller.arn, ACTION, KEY, decision)).toBe(
      `User: ${caller.arn} is not authorized to perform: ${ACTION} on resource: ${KEY} with an explicit deny in ${article} ${by}`,
    );
  });
});

describe('policies that intersect', () => {
  const all = { identityPolicies: [identity('Allow')] };
  const describeOnly = identity('Allow', 'kms:DescribeKey');

  it.each([
    ['boundary', session({ ...all, boundary: describeOnly }), NONE, 'permissions boundary'],
    ['session policy', session({ ...all, sessionPolicy: describeOnly }), NONE, 'session policy'],
    ['SCP', user(all), { ...NONE, serviceControlPolicy: describeOnly }, 'service control policy'],
    ['VPC endpoint', user(all), { ...NONE, vpcEndpointPolicy: resource('Allow', { AWS: 'x' }) }, 'VPC endpoint policy'],
  ] as const)('%s without an Allow refuses', (_what, caller, guardrails, by) => {
    expect(decide(caller, both(resource('Allow', root())), guardrails)).toEqual(denied(by));
  });

  it('bind a role that the key policy names, and not the session or user that it names', () => {
    const narrow = session({ sessionPolicy: describeOnly });
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/team/app`;
    expect(decide(narrow, both(resource('Allow', { AWS: roleArn })))).toEqual(denied('session policy'));
    expect(decide(narrow, both(resource('Allow', { AWS: narrow.arn })))).toEqual(allowed);
  });
});

it('names the missing policy type and the action when nothing allows', () => {
  const decision = decide(user(), both(resource('Allow', root())));
  if (decision.allowed) throw new Error('unreachable');
  expect(denialMessage(user().arn, ACTION, KEY, decision)).toContain(
    'because no identity-based policy allows the kms:Decrypt action',
  );
});
