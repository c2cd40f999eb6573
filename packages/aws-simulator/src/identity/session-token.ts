import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { identityPolicySchema } from '../policy/document.ts';

/** What temporary credentials stand for. The role's own policies are read when a request comes, not when it is sealed. */
const sessionSchema = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  roleArn: z.string(),
  sessionName: z.string(),
  expiresAt: z.iso.datetime(),
  sessionPolicy: identityPolicySchema.optional(),
});
export type Session = z.infer<typeof sessionSchema>;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Like AWS's, a session token carries its session, sealed: there is no table that grows or is lost on a restart. */
export function sealSession(session: Session, secret: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secret, iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(session), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64');
}

/** @returns undefined for anything that this simulator did not seal. */
export function openSession(token: string, secret: Buffer): Session | undefined {
  const bytes = Buffer.from(token, 'base64');
  if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    return sessionSchema.parse(JSON.parse(text.toString('utf8')));
  } catch {
    return undefined;
  }
}
