import { randomBytes } from 'node:crypto';
import type { IdentityPolicy, ResourcePolicy } from '../policy/document.ts';
import { partitionOf } from './identifiers.ts';
import type { KeyRecord, State } from './model.ts';
import { defaultKeyPolicy, makeKey, makeRole, makeUser, type NewRole, type Place, roleArn } from './new-entities.ts';

/** An account number that is plainly made up (AWS's documentation uses the same). */
const ACCOUNT_ID = '111122223333';
/** The role of the simulated host. */
export const HOST_ROLE = 'wardline-host';
const STS_ROLE = 'wardline-kms';
/** The role that trusts the issuer. */
export const OIDC_ROLE = 'wardline-oidc';
const EXTERNAL_ID = 'wardline-demo';
const DAYS = 24 * 60 * 60 * 1000;

const allow = (Action: string[], Resource: string): IdentityPolicy => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

const USE_KEYS = [
  'kms:DescribeKey',
  'kms:GenerateDataKey*',
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GetKeyRotationStatus',
];
const WITHOUT_GENERATE = USE_KEYS.filter((action) => !action.startsWith('kms:Generate'));

const keysOf = ({ region, accountId }: Place): string => `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/*`;

/** What Wardline's identities need to use any key of the account. */
export function useEveryKey(place: Place): IdentityPolicy[] {
  return [allow(USE_KEYS, keysOf(place)), allow(['kms:ListAliases'], '*')];
}

/** Lets the account decide, but refuses every seeded identity the key's use: DescribeKey still answers. */
function denyingPolicy(place: Place): ResourcePolicy {
  const iam = `arn:${partitionOf(place.region)}:iam::${place.accountId}`;
  const users = ['wardline', 'no-generate'].map((name) => `${iam}:user/${name}`);
  const roles = [HOST_ROLE, STS_ROLE, OIDC_ROLE].map((name) => roleArn(place, name));
  return {
    ...defaultKeyPolicy(place),
    Statement: [
      ...[defaultKeyPolicy(place).Statement].flat(),
      {
        Sid: 'NotForWardline',
        Effect: 'Deny',
        Principal: { AWS: [...users, ...roles] },
        Action: ['kms:GenerateDataKey*', 'kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*'],
        Resource: '*',
      },
    ],
  };
}

function seedKeys(place: Place, now: Date): KeyRecord[] {
  const pending: KeyRecord = {
    ...makeKey(place, { name: 'pending-deletion', state: 'PendingDeletion' }, now),
    deletionDate: new Date(now.getTime() + 30 * DAYS).toISOString(),
  };
  return [
    makeKey(place, { name: 'working' }, now),
    makeKey(place, { name: 'disabled', state: 'Disabled' }, now),
    pending,
    makeKey(place, { name: 'signing', spec: 'RSA_2048', usage: 'SIGN_VERIFY' }, now),
    makeKey(place, { name: 'denied', policy: denyingPolicy(place) }, now),
    makeKey(place, { name: 'multi-region', multiRegion: true }, now),
  ];
}

function hostRole(place: Place): NewRole {
  return {
    name: HOST_ROLE,
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'] },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    policies: [...useEveryKey(place), allow(['sts:AssumeRole'], roleArn(place, STS_ROLE))],
    maxSessionDuration: 3600,
    trust: 'The simulated host: instance metadata and container credentials hand it out.',
  };
}

function stsRole(place: Place): NewRole {
  return {
    name: STS_ROLE,
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: roleArn(place, HOST_ROLE) },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } },
        },
      ],
    },
    policies: useEveryKey(place),
    // Between 3600 and 7200 role chaining refuses; above, the role's own maximum does.
    maxSessionDuration: 7200,
    trust: `${HOST_ROLE}, when it names the external ID ${EXTERNAL_ID}.`,
    externalId: EXTERNAL_ID,
  };
}

/** A new account: for every credential type what works with it, and for the usual mistakes what fails. */
export function seedState(region: string, now: Date): State {
  const place = { region, accountId: ACCOUNT_ID };
  const users = [
    makeUser(place, {
      name: 'wardline',
      policies: useEveryKey(place),
      can: 'Everything Wardline needs, on every key of the account (the key "denied" refuses it all the same).',
    }),
    makeUser(place, {
      name: 'no-generate',
      policies: [allow(WITHOUT_GENERATE, keysOf(place)), allow(['kms:ListAliases'], '*')],
      can: 'Describe keys, encrypt and decrypt; not kms:GenerateDataKey.',
    }),
  ];
  return {
    version: 1,
    ...place,
    sessionSecret: randomBytes(32).toString('base64'),
    keys: seedKeys(place, now),
    users,
    roles: [makeRole(place, hostRole(place)), makeRole(place, stsRole(place))],
    oidcProviders: [],
  };
}
