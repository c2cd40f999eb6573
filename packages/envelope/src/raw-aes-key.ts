import { type KeyObject, randomFillSync } from 'node:crypto';
import { IV_BYTES, KEY_BYTES, openSealed, sealInto, TAG_BYTES } from './algorithm-suite.ts';
import type { EncodedContext } from './encryption-context.ts';
import { EnvelopeError } from './envelope-error.ts';
import type { EncryptedDataKey } from './message-header.ts';

const TAG_BITS = TAG_BYTES * 8;

/**
 * Wraps data keys as the AWS Encryption SDK's raw AES keyring does (256-bit key), bound to the encryption context,
 * so that `RawAesKeyringNode` with the same namespace, name and key reads them.
 * Each wrapping takes a random 96-bit IV: NIST SP 800-38D bounds one key to 2^32 wrappings.
 * Source: https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/use-raw-aes-keyring.html
 */
export class RawAesKey {
  readonly #namespace: string;
  readonly #name: string;
  readonly #infoPrefix: Buffer;
  readonly #key: KeyObject;

  /** `name` must tell this key from every other under the namespace, and not be a secret: it is in each message. */
  constructor(namespace: string, name: string, key: KeyObject) {
    this.#namespace = namespace;
    this.#name = name;
    this.#key = key;
    // Key name, tag length in bits, IV length in bytes; the IV follows.
    const nameBytes = Buffer.byteLength(name);
    this.#infoPrefix = Buffer.alloc(nameBytes + 4 + 4);
    this.#infoPrefix.write(name);
    this.#infoPrefix.writeUInt32BE(IV_BYTES, this.#infoPrefix.writeUInt32BE(TAG_BITS, nameBytes));
  }

  wrap(dataKey: Uint8Array, context: EncodedContext): EncryptedDataKey {
    const prefix = this.#infoPrefix;
    const providerInfo = Buffer.allocUnsafe(prefix.length + IV_BYTES);
    providerInfo.set(prefix, 0);
    const iv = randomFillSync(providerInfo.subarray(prefix.length));
    const ciphertext = Buffer.allocUnsafe(dataKey.length + TAG_BYTES);
    sealInto(ciphertext, 0, { key: this.#key, iv, aad: context, plaintext: dataKey });
    return { providerId: this.#namespace, providerInfo, ciphertext };
  }

  /**
   * Unwraps the first data key that this key wrapped. The caller owns and wipes the result.
   * @throws EnvelopeError `wrong-key` when none names this key, `not-authentic` when none that does is intact.
   */
  unwrap(encryptedDataKeys: readonly EncryptedDataKey[], context: EncodedContext): Buffer {
    const own = encryptedDataKeys.filter((candidate) => this.#isOwn(candidate));
    if (own.length === 0) {
      throw new EnvelopeError(
        'wrong-key',
        `The message was not sealed under the ${this.#namespace} key ${this.#name}. Configure the key that it was sealed under.`,
      );
    }
    for (const candidate of own) {
      const dataKey = this.#open(candidate, context);
      if (dataKey) return dataKey;
    }
    throw new EnvelopeError(
      'not-authentic',
      'The data key in the message was changed after it was sealed, or belongs to another message. Restore the message from a backup.',
    );
  }

  #isOwn({ providerId, providerInfo, ciphertext }: EncryptedDataKey): boolean {
    const prefix = this.#infoPrefix;
    return (
      providerId === this.#namespace &&
      ciphertext.length === KEY_BYTES + TAG_BYTES &&
      providerInfo.length === prefix.length + IV_BYTES &&
      providerInfo.subarray(0, prefix.length).equals(prefix)
    );
  }

  #open({ providerInfo, ciphertext }: EncryptedDataKey, context: EncodedContext): Buffer | undefined {
    return openSealed({
      key: this.#key,
      iv: providerInfo.subarray(this.#infoPrefix.length),
      aad: context,
      ciphertext: ciphertext.subarray(0, KEY_BYTES),
      tag: ciphertext.subarray(KEY_BYTES),
    });
  }
}
