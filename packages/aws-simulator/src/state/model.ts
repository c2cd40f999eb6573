import { z } from 'zod';
import { identityPolicySchema, resourcePolicySchema, trustPolicySchema } from '../policy/document.ts';

/** The states a KMS key can be in. https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export const keyStateSchema = z.enum([
  'Creating',
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'Unavailable',
]);
export type KeyState = z.infer<typeof keyStateSchema>;

export const keySpecSchema = z.enum(['SYMMETRIC_DEFAULT', 'RSA_2048', 'ECC_NIST_P256']);
export const keyUsageSchema = z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY']);

const materialSchema = z.object({
  /** 64 hexadecimal digits, as KMS shows it (`CurrentKeyMaterialId`). */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  /** 32 bytes, base64. */
  secret: z.string(),
});

const keyRecordSchema = z.object({
  /** The name that the seed and the control API call it by; its alias is `alias/<name>`. */
  name: z.string(),
  keyId: z.string(),
  arn: z.string(),
  accountId: z.string(),
  aliases: z.array(z.string()),
  createdAt: z.iso.datetime(),
  state: keyStateSchema,
  deletionDate: z.iso.datetime().optional(),
  spec: keySpecSchema,
  usage: keyUsageSchema,
  multiRegion: z.boolean(),
  /** Oldest first; the last one encrypts, every one decrypts. Empty for asymmetric keys, which nothing here uses. */
  materials: z.array(materialSchema),
  policy: resourcePolicySchema,
});
export type KeyRecord = z.infer<typeof keyRecordSchema>;

const accessKeySchema = z.object({
  id: z.string(),
  secret: z.string(),
  status: z.enum(['Active', 'Inactive']),
});

const userRecordSchema = z.object({
  name: z.string(),
  arn: z.string(),
  accountId: z.string(),
  userId: z.string(),
  accessKey: accessKeySchema,
  policies: z.array(identityPolicySchema),
  boundary: identityPolicySchema.optional(),
  /** What the user may do, for people. */
  can: z.string(),
});
export type UserRecord = z.infer<typeof userRecordSchema>;

const roleRecordSchema = z.object({
  name: z.string(),
  arn: z.string(),
  accountId: z.string(),
  roleId: z.string(),
  trustPolicy: trustPolicySchema,
  policies: z.array(identityPolicySchema),
  boundary: identityPolicySchema.optional(),
  /** Seconds, 3600 to 43200. */
  maxSessionDuration: z.number().int().min(3600).max(43_200),
  /** Whom the role trusts, for people. */
  trust: z.string(),
  externalId: z.string().optional(),
});
export type RoleRecord = z.infer<typeof roleRecordSchema>;

const oidcProviderSchema = z.object({
  url: z.string(),
  arn: z.string(),
  audiences: z.array(z.string()),
  subject: z.string(),
});
export type OidcProvider = z.infer<typeof oidcProviderSchema>;

/** Everything the simulator remembers. */
export const stateSchema = z.object({
  version: z.literal(1),
  region: z.string(),
  accountId: z.string(),
  /** 32 bytes, base64: seals session tokens, so that they need no table and outlive a restart. */
  sessionSecret: z.string(),
  keys: z.array(keyRecordSchema),
  users: z.array(userRecordSchema),
  roles: z.array(roleRecordSchema),
  oidcProviders: z.array(oidcProviderSchema),
  serviceControlPolicy: identityPolicySchema.optional(),
  vpcEndpointPolicy: resourcePolicySchema.optional(),
});
export type State = z.infer<typeof stateSchema>;
