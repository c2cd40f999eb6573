import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { KEY_BYTES } from './algorithm-suite.ts';
import type { EncodedContext } from './encryption-context.ts';
import { EnvelopeError } from './envelope-error.ts';
import type { EncryptedDataKey } from './message-header.ts';
import { RawAesKey } from './raw-aes-key.ts';
import type { WrappingKey } from './wrapping-key.ts';

/** The namespace of Wardline's keys in the AWS Encryption SDK's raw AES keyring; the key name is the fingerprint. */
export const KEY_NAMESPACE = 'wardline';

const FINGERPRINT_BYTES = 16;
const FINGERPRINT_INFO = 'wardline master key fingerprint 1';

/**
 * The 256-bit key that the built-in secret manager encrypts under. The bytes live in the crypto library, not in
 * JavaScript, and leave it only through {@link MasterKey.exportBase64}: JSON, inspection and text show the fingerprint.
 */
export class MasterKey implements WrappingKey {
  readonly namespace = KEY_NAMESPACE;
  /** Names the key without revealing it: 32 hex digits of an HKDF output. Equal for equal keys only. */
  readonly fingerprint: string;
  readonly #key: KeyObject;
  readonly #wrapping: RawAesKey;

  private constructor(bytes: Buffer) {
    this.#key = createSecretKey(bytes);
    bytes.fill(0);
    const fingerprint = hkdfSync('sha512', this.#key, '', FINGERPRINT_INFO, FINGERPRINT_BYTES);
    this.fingerprint = Buffer.from(fingerprint).toString('hex');
    this.#wrapping = new RawAesKey(KEY_NAMESPACE, this.fingerprint, this.#key);
  }

  /**
   * Reads a key from standard base64, padded; white space around it is allowed, as files end in a newline.
   * @throws EnvelopeError `malformed` for anything but 32 bytes. The text is not repeated in the error.
   */
  static fromBase64(text: string): MasterKey {
    const trimmed = text.trim();
    const bytes = Buffer.from(trimmed, 'base64');
    // Node skips what is not base64; only text that encodes back to itself was read in full.
    if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== trimmed) {
      bytes.fill(0);
      throw new EnvelopeError(
        'malformed',
        `The master key must be the base64 of exactly ${KEY_BYTES} bytes, 44 characters. Make one with: openssl rand -base64 ${KEY_BYTES}`,
      );
    }
    return new MasterKey(bytes);
  }

  /** A new random key. */
  static generate(): MasterKey {
    return new MasterKey(randomBytes(KEY_BYTES));
  }

  /** The key itself, in base64, to be stored where only its owner can read it. The one way to get it out. */
  exportBase64(): string {
    const bytes = this.#key.export();
    const text = bytes.toString('base64');
    bytes.fill(0);
    return text;
  }

  /**
   * A 256-bit key for another purpose, which tells nothing about this key or those of other purposes (RFC 5869).
   * @param purpose names what the key is for; never change it, or what the derived key made no longer verifies.
   */
  deriveKey(purpose: string): KeyObject {
    return createSecretKey(Buffer.from(hkdfSync('sha512', this.#key, '', `wardline ${purpose}`, KEY_BYTES)));
  }

  /** As {@link WrappingKey}: the fingerprint. */
  get name(): string {
    return this.fingerprint;
  }

  wrapDataKey(dataKey: Uint8Array, context: EncodedContext): EncryptedDataKey {
    return this.#wrapping.wrap(dataKey, context);
  }

  unwrapDataKey(encryptedDataKeys: readonly EncryptedDataKey[], context: EncodedContext): Buffer {
    return this.#wrapping.unwrap(encryptedDataKeys, context);
  }

  toString(): string {
    return `MasterKey(${this.fingerprint})`;
  }

  toJSON(): { fingerprint: string } {
    return { fingerprint: this.fingerprint };
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
