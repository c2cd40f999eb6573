import { createHmac } from 'node:crypto';
import { type MasterKey, open, seal } from '@wardline/envelope';
import { z } from 'zod';

/** The KMS key that made a data key. */
export interface KeyIdentity {
  readonly keyArn: string;
  /** The connector keeps it as a secret: no answer may show it. */
  readonly isSecret: boolean;
}

const identitySchema = z.object({ keyArn: z.string(), isSecret: z.boolean() });

const contextOf = (dataKeyId: string, accountId: string) => ({
  purpose: 'data-key-arn',
  account: accountId,
  'data-key': dataKeyId,
});

interface Keys {
  readonly masterKey: MasterKey;
  readonly accountId: string;
}

/** Encrypts which KMS key made a data key, for storage: base64. */
export function sealIdentity({ masterKey, accountId }: Keys, dataKeyId: string, identity: KeyIdentity): string {
  const message = seal(masterKey, Buffer.from(JSON.stringify(identity)), contextOf(dataKeyId, accountId));
  return Buffer.from(message).toString('base64');
}

/** @throws EnvelopeError for what was not sealed for this data key under this master key. */
export function openIdentity({ masterKey, accountId }: Keys, dataKeyId: string, sealed: string): KeyIdentity {
  const plaintext = open(masterKey, Buffer.from(sealed, 'base64'), contextOf(dataKeyId, accountId));
  return identitySchema.parse(JSON.parse(Buffer.from(plaintext).toString()));
}

/** Equal for equal KMS keys of one installation; tells nothing else about the ARN. */
export function keyFingerprint(masterKey: MasterKey, keyArn: string): string {
  return createHmac('sha256', masterKey.deriveKey('data key fingerprint 1')).update(keyArn).digest('hex');
}
