import { type CipherKey, createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

// Algorithm suite 0x0478: AES-256-GCM, HKDF-SHA-512, key commitment, no signature.
// Source: https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/algorithms-reference.html

export const SUITE_ID = 0x0478;
export const MESSAGE_VERSION = 2;
export const MESSAGE_ID_BYTES = 32;
export const KEY_BYTES = 32;
export const COMMITMENT_BYTES = 32;
export const IV_BYTES = 12;
export const TAG_BYTES = 16;

const CIPHER = 'aes-256-gcm';
const CIPHER_OPTIONS = { authTagLength: TAG_BYTES };

// The trailing 01 is the block counter of HKDF-Expand.
const KEY_INFO = Buffer.concat([Buffer.from([SUITE_ID >> 8, SUITE_ID & 0xff]), Buffer.from('DERIVEKEY\x01')]);
const COMMITMENT_INFO = Buffer.from('COMMITKEY\x01');

/** What one message is encrypted with. Wipe `encryptionKey` after use; `commitment` is public. */
export interface MessageKeys {
  readonly encryptionKey: Buffer;
  readonly commitment: Buffer;
}

/**
 * HKDF-SHA-512 (RFC 5869) with the message ID as salt, so that a data key can be reused between messages.
 * Both outputs come from one extraction and fit in one block of expansion: three HMACs, where two calls of
 * `hkdfSync` cost over twice the time.
 */
export function deriveMessageKeys(dataKey: Uint8Array, messageId: Uint8Array): MessageKeys {
  const pseudoRandomKey = createHmac('sha512', messageId).update(dataKey).digest();
  const encryptionKey = expand(pseudoRandomKey, KEY_INFO, KEY_BYTES);
  const commitment = expand(pseudoRandomKey, COMMITMENT_INFO, COMMITMENT_BYTES);
  pseudoRandomKey.fill(0);
  return { encryptionKey, commitment };
}

function expand(pseudoRandomKey: Buffer, info: Buffer, length: number): Buffer {
  const block = createHmac('sha512', pseudoRandomKey).update(info).digest();
  block.fill(0, length);
  return block.subarray(0, length);
}

/** Encrypts `plaintext` into `target` at `offset`, followed by the tag; returns the offset after the tag. */
export function sealInto(
  target: Buffer,
  offset: number,
  input: { key: CipherKey; iv: Uint8Array; aad: Uint8Array; plaintext: Uint8Array },
): number {
  const cipher = createCipheriv(CIPHER, input.key, input.iv, CIPHER_OPTIONS);
  cipher.setAAD(input.aad);
  let end = offset;
  // A header has a tag only.
  if (input.plaintext.length > 0) {
    target.set(cipher.update(input.plaintext), offset);
    end += input.plaintext.length;
  }
  cipher.final();
  target.set(cipher.getAuthTag(), end);
  return end + TAG_BYTES;
}

/** Decrypts and authenticates. Undefined, with the unauthenticated bytes wiped, when the tag does not fit. */
export function openSealed(input: {
  key: CipherKey;
  iv: Uint8Array;
  aad: Uint8Array;
  ciphertext: Uint8Array;
  tag: Uint8Array;
}): Buffer | undefined {
  const decipher = createDecipheriv(CIPHER, input.key, input.iv, CIPHER_OPTIONS);
  decipher.setAAD(input.aad);
  decipher.setAuthTag(input.tag);
  // A header has a tag only.
  const plaintext = input.ciphertext.length > 0 ? decipher.update(input.ciphertext) : Buffer.allocUnsafeSlow(0);
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    return undefined;
  }
}
