import { inspect } from 'node:util';
import { KEY_BYTES } from './algorithm-suite.ts';
import type { EncodedContext } from './encryption-context.ts';
import { EnvelopeError } from './envelope-error.ts';
import type { EncryptedDataKey } from './message-header.ts';
import { RawAesKey } from './raw-aes-key.ts';
import type { WrappingKey } from './wrapping-key.ts';

/** The namespace of KMS data keys in the AWS Encryption SDK's raw AES keyring; the key name is the data key's ID. */
export const KMS_DATA_KEY_NAMESPACE = 'wardline-data-key';

/**
 * A 256-bit data key as kms:GenerateDataKey or kms:Decrypt answered it, which wraps the keys of many messages.
 * Its bytes are in memory of their own until {@link KmsDataKey.wipe} overwrites them (a KeyObject can't be wiped),
 * and nothing gets them out: JSON, inspection and text show the ID.
 */
export class KmsDataKey implements WrappingKey {
  readonly namespace = KMS_DATA_KEY_NAMESPACE;
  readonly name: string;
  readonly #bytes: Buffer;
  readonly #wrapping: RawAesKey;
  #wiped = false;

  /**
   * @param id tells this key from every other data key; not a secret, it is in each message.
   * @param plaintext 32 bytes. They move into the key: the argument is wiped, whatever the outcome.
   * @throws EnvelopeError `malformed` for another length.
   */
  constructor(id: string, plaintext: Uint8Array) {
    if (plaintext.length !== KEY_BYTES) {
      plaintext.fill(0);
      throw new EnvelopeError(
        'malformed',
        `The data key ${id} has ${plaintext.length} bytes; an AES_256 data key has ${KEY_BYTES}.`,
      );
    }
    this.name = id;
    this.#bytes = Buffer.allocUnsafeSlow(KEY_BYTES);
    this.#bytes.set(plaintext);
    plaintext.fill(0);
    this.#wrapping = new RawAesKey(KMS_DATA_KEY_NAMESPACE, id, this.#bytes);
  }

  /** @throws EnvelopeError `key-wiped` after {@link KmsDataKey.wipe}. */
  wrapDataKey(dataKey: Uint8Array, context: EncodedContext): EncryptedDataKey {
    this.#assertUsable();
    return this.#wrapping.wrap(dataKey, context);
  }

  /** @throws EnvelopeError `key-wiped` after {@link KmsDataKey.wipe}; see {@link RawAesKey.unwrap} for the others. */
  unwrapDataKey(encryptedDataKeys: readonly EncryptedDataKey[], context: EncodedContext): Buffer {
    this.#assertUsable();
    return this.#wrapping.unwrap(encryptedDataKeys, context);
  }

  /** Overwrites the bytes; from then on the key refuses every use. */
  wipe(): void {
    this.#wiped = true;
    this.#bytes.fill(0);
  }

  /** Zeros would be a key like any other. */
  #assertUsable(): void {
    if (!this.#wiped) return;
    throw new EnvelopeError(
      'key-wiped',
      `The data key ${this.name} was dropped from memory and wiped. Fetch it again with kms:Decrypt.`,
    );
  }

  toString(): string {
    return `KmsDataKey(${this.name})`;
  }

  toJSON(): { id: string } {
    return { id: this.name };
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
