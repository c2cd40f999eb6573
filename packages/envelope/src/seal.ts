import { KEY_BYTES } from './algorithm-suite.ts';
import { decryptMessage } from './decrypt-message.ts';
import { encryptMessage } from './encrypt-message.ts';
import { type EncryptionContext, encodeContext } from './encryption-context.ts';
import { fillRandom } from './random-bytes.ts';
import type { WrappingKey } from './wrapping-key.ts';

/**
 * Encrypts a value under a fresh data key, bound to its context. The result is a complete message that the AWS
 * Encryption SDK reads with a raw AES keyring of the wrapping key's namespace and name.
 * @throws EnvelopeError `unsupported` when the value or the context exceeds a limit of `limits.ts`, `key-wiped`.
 */
export function seal(key: WrappingKey, plaintext: Uint8Array, context: EncryptionContext): Uint8Array {
  const encryptionContext = encodeContext(context);
  const dataKey = fillRandom(Buffer.allocUnsafeSlow(KEY_BYTES));
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
export function open(key: WrappingKey, message: Uint8Array, context: EncryptionContext): Uint8Array {
  return decryptMessage(message, (keys, encoded) => key.unwrapDataKey(keys, encoded), encodeContext(context));
}
