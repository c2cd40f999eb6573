import type { CipherKey } from 'node:crypto';
import { IV_BYTES, KEY_BYTES, openSealed, sealInto, TAG_BYTES } from './algorithm-suite.ts';
import type { EncodedContext } from './encryption-context.ts';
import { EnvelopeError } from './envelope-error.ts';
import type { EncryptedDataKey } from './message-header.ts';
import { fillRandom } from './random-bytes.ts';

const TAG_BITS = TAG_BYTES * 8;
/** What follows the key's name in the provider information: tag length in bits, IV length in bytes, both of 4 bytes. */
const LENGTHS_BYTES = 4 + 4;

/** The name of the key that wrapped a data key; undefined when no raw AES key with a 96-bit IV and a 128-bit tag did. */
export function rawAesKeyName({ providerInfo }: EncryptedDataKey): string | undefined {
  const nameBytes = providerInfo.length - LENGTHS_BYTES - IV_BYTES;
  if (nameBytes < 1) return undefined;
  if (providerInfo.readUInt32BE(nameBytes) !== TAG_BITS) return undefined;
  if (providerInfo.readUInt32BE(nameBytes + 4) !== IV_BYTES) return undefined;
  return providerInfo.toString('utf8', 0, nameBytes);
}

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
  readonly #key: CipherKey;

  /** `name` must tell this key from every other under the namespace, and not be a secret: it is in each message. */
  constructor(namespace: string, name: string, key: CipherKey) {
    this.#namespace = namespace;
    this.#name = name;
    this.#key = key;
    const nameBytes = Buffer.byteLength(name);
    this.#infoPrefix = Buffer.alloc(nameBytes + LENGTHS_BYTES);
    this.#infoPrefix.write(name);
    this.#infoPrefix.writeUInt32BE(IV_BYTES, this.#infoPrefix.writeUInt32BE(TAG_BITS, nameBytes));
  }

  wrap(dataKey: Uint8Array, context: EncodedContext): EncryptedDataKey {
    const prefix = this.#infoPrefix;
    const providerInfo = Buffer.allocUnsafe(prefix.length + IV_BYTES);
    providerInfo.set(prefix, 0);
    const iv = fillRandom(providerInfo.subarray(prefix.length));
    const ciphertext = Buffer.allocUnsafe(dataKey.length + TAG_BYTES);
    sealInto(ciphertext, 0, { key: this.#key, iv, aad: context, plaintext: dataKey });
    return { providerId: this.#namespace, providerInfo, ciphertext };
  }

  /**
   * Unwraps the first data key that this key wrapped. The caller owns and wipes the result.
   * @throws EnvelopeError `wrong-key` when none names this key, `not-authentic` when none that does is intact.
   */
  unwrap(encryptedDataKeys: readonly EncryptedDataKey[], context: EncodedContext): Buffer {
    let found = false;
    for (const candidate of encryptedDataKeys) {
      if (!this.#isOwn(candidate)) continue;
      found = true;
      const dataKey = this.#open(candidate, context);
      if (dataKey) return dataKey;
    }
    if (!found) {
      throw new EnvelopeError(
        'wrong-key',
        `The message was not sealed under the ${this.#namespace} key ${this.#name}. Configure the key that it was sealed under.`,
      );
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
