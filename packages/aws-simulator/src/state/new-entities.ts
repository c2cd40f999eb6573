import type { IdentityPolicy, ResourcePolicy, TrustPolicy } from '../policy/document.ts';
import {
  newAccessKeyId,
  newKeyId,
  newMaterial,
  newRoleId,
  newSecretAccessKey,
  newUserId,
  partitionOf,
} from './identifiers.ts';
import type { KeyRecord, KeyState, RoleRecord, UserRecord } from './model.ts';

/** Where an entity lives. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** What is chosen about a new key; the rest has the defaults of KMS. */
export interface NewKey {
  readonly name: string;
  readonly spec?: KeyRecord['spec'];
  readonly usage?: KeyRecord['usage'];
  readonly multiRegion?: boolean;
  readonly state?: KeyState;
  readonly policy?: ResourcePolicy;
}

/** KMS's own default key policy: the account's identity policies decide. */
export function defaultKeyPolicy({ region, accountId }: Place): ResourcePolicy {
  return {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partitionOf(region)}:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}

/** A key with the alias `alias/<name>` and, where it is symmetric, its first material. */
export function makeKey(place: Place, key: NewKey, now: Date): KeyRecord {
  const multiRegion = key.multiRegion ?? false;
  const keyId = newKeyId(multiRegion);
  const spec = key.spec ?? 'SYMMETRIC_DEFAULT';
  return {
    name: key.name,
    keyId,
    arn: `arn:${partitionOf(place.region)}:kms:${place.region}:${place.accountId}:key/${keyId}`,
    accountId: place.accountId,
    aliases: [`alias/${key.name}`],
    createdAt: now.toISOString(),
    state: key.state ?? 'Enabled',
    spec,
    usage: key.usage ?? 'ENCRYPT_DECRYPT',
    multiRegion,
    materials: spec === 'SYMMETRIC_DEFAULT' ? [newMaterial()] : [],
    policy: key.policy ?? defaultKeyPolicy(place),
  };
}

/** A user with one active access key. */
export function makeUser(place: Place, user: { name: string; policies: IdentityPolicy[]; can: string }): UserRecord {
  return {
    ...user,
    arn: `arn:${partitionOf(place.region)}:iam::${place.accountId}:user/${user.name}`,
    accountId: place.accountId,
    userId: newUserId(),
    accessKey: { id: newAccessKeyId('user'), secret: newSecretAccessKey(), status: 'Active' },
  };
}

/** What is chosen about a new role. */
export interface NewRole {
  readonly name: string;
  readonly trustPolicy: TrustPolicy;
  readonly policies: IdentityPolicy[];
  readonly maxSessionDuration: number;
  readonly trust: string;
  readonly externalId?: string;
}

/** The ARN of a role without a path. */
export const roleArn = ({ region, accountId }: Place, name: string): string =>
  `arn:${partitionOf(region)}:iam::${accountId}:role/${name}`;

/** A role with an ID of its own. */
export function makeRole(place: Place, role: NewRole): RoleRecord {
  return { ...role, arn: roleArn(place, role.name), accountId: place.accountId, roleId: newRoleId() };
}
