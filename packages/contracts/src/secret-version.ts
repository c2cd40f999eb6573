import { z } from 'zod';
import { auditPrincipalTypeSchema } from './audit.ts';
import { pageOf, responseOf } from './responses.ts';
import { secretProofSchema } from './secret.ts';

/** One version of a secret, without its value. Every change makes one; times are epoch milliseconds. */
export const secretVersionSchema = z.object({
  version: z.number().int(),
  current: z.boolean(),
  name: z.string(),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  /** The version that first had this value: equal in two versions exactly where the value is the same. */
  valueOf: z.number().int(),
  byteLength: z.number().int(),
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('created') }),
    z.object({ kind: z.literal('changed') }),
    z.object({ kind: z.literal('restored'), from: z.number().int() }),
  ]),
  createdAt: z.number(),
  createdBy: z.object({ type: auditPrincipalTypeSchema, identifier: z.string(), name: z.string() }),
  /** When the value was last encrypted: later than `createdAt` where a rewrap moved it to another key. */
  encryptedAt: z.number(),
  /** The KMS key that it is encrypted under; null for the built-in manager, and where the ARN is kept as a secret. */
  keyArn: z.string().nullable(),
  proof: secretProofSchema,
});
export type SecretVersion = z.infer<typeof secretVersionSchema>;

/** Newest first. */
export const secretVersionsResponseSchema = responseOf(pageOf(secretVersionSchema));
