import { randomBytes } from 'node:crypto';
import { KEY_BYTES } from './algorithm-suite.ts';
import { decryptMessage } from './decrypt-message.ts';
import { encryptMessage } from './encrypt-message.ts';
import { type EncryptionContext, encodeContext } from './encryption-context.ts';
import type { MasterKey } from './master-key.ts';

/**
 * Encrypts a value under a fresh data key, bound to its context. The result is a complete message that the AWS
 * Encryption SDK reads with a raw AES keyring (namespace `wardline`, key name = the key's fingerprint).
 * @throws EnvelopeError `unsupported` when the value or the context exceeds a limit of `limits.ts`.
 */
export function seal(key: MasterKey, plaintext: Uint8Array, context: EncryptionContext): Uint8Array {
  const encryptionContext = encodeContext(context);
  const dataKey = randomBytes(KEY_BYTES);
  try {
    const encryptedDataKeys = [key.wrapDataKey(dataKey, encryptionContext)];
    return encryptMessage({ plaintext, encryptionContext, dataKey, encryptedDataKeys });
  } finally {
    dataKey.fill(0);
  }
}

/**
 * Opens what {@link seal} made, given exactly the same context. The plaintext is in memory of its own, so the
 * caller can wipe it after use.
 * @throws EnvelopeError for another context, another key, or a message that is not intact in every bit.
 */
export function open(key: MasterKey, message: Uint8Array, context: EncryptionContext): Uint8Array {
  return decryptMessage(message, (keys, encoded) => key.unwrapDataKey(keys, encoded), encodeContext(context));
}
