import { z } from 'zod';
import { secretTypeSchema } from './secret.ts';

/*
 * An export is JSON lines: one manifest, then data keys before the secrets that need them, each secret with its
 * current value as an AWS Encryption SDK message, a file's chunks after its secret, and an end line that counts. It holds no
 * plaintext: whoever may call kms:Decrypt with the key opens it, without Wardline.
 */

/** Format of the export; raised when a reader of the older one could not read it. */
export const EXPORT_FORMAT = 1;

const base64 = z.base64();

export const exportLineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('manifest'),
    format: z.literal(EXPORT_FORMAT),
    accountIdentifier: z.string(),
    orgIdentifier: z.string().nullable(),
    projectIdentifier: z.string().nullable(),
    exportedAt: z.iso.datetime(),
    server: z.string(),
  }),
  /**
   * kms:Decrypt of `ciphertext` with `encryptionContext`, pinned to `keyArn`, gives the raw AES key of namespace `wardline-data-key` and name `id`.
   * The ARN is null where it is a secret that whoever exported may not read: then KMS finds the key by the ciphertext.
   */
  z.object({
    kind: z.literal('data-key'),
    id: z.string(),
    keyArn: z.string().nullable(),
    region: z.string(),
    ciphertext: base64,
    encryptionContext: z.record(z.string(), z.string()),
  }),
  z.object({
    kind: z.literal('secret'),
    type: secretTypeSchema,
    identifier: z.string(),
    orgIdentifier: z.string().nullable(),
    projectIdentifier: z.string().nullable(),
    name: z.string(),
    description: z.string(),
    tags: z.record(z.string(), z.string()),
    secretManagerIdentifier: z.string(),
    version: z.number().int(),
    byteLength: z.number().int(),
    /** What the message is bound to, as it stands in the message too. */
    encryptionContext: z.record(z.string(), z.string()),
    /** The name of the key that wrapped it: a data key's id, or the master key's fingerprint. */
    wrappedBy: z.object({ namespace: z.string(), name: z.string() }),
    /** The whole message of a text; the header of a file's, whose body follows in `chunk` lines. */
    message: base64,
  }),
  z.object({ kind: z.literal('chunk'), bytes: base64 }),
  z.object({ kind: z.literal('end'), secrets: z.number().int(), dataKeys: z.number().int() }),
]);
export type ExportLine = z.infer<typeof exportLineSchema>;
