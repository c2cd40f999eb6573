import type { EncodedContext } from './encryption-context.ts';
import type { EncryptedDataKey } from './message-header.ts';

/**
 * What wraps the random data key of each message, bound to the message's context: the master key, or a data key
 * that AWS KMS made. The namespace and the name stand in every message in the clear, for who looks for the key.
 */
export interface WrappingKey {
  readonly namespace: string;
  readonly name: string;

  /** Wraps a data key under this key, bound to the context. */
  wrapDataKey(dataKey: Uint8Array, context: EncodedContext): EncryptedDataKey;

  /** Unwraps the data key that this key wrapped; the caller wipes it. See {@link RawAesKey.unwrap}. */
  unwrapDataKey(encryptedDataKeys: readonly EncryptedDataKey[], context: EncodedContext): Buffer;
}
