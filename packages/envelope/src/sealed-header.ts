import { type CipherKey, timingSafeEqual } from 'node:crypto';
import { deriveMessageKeys, KEY_BYTES, openSealed, sealInto } from './algorithm-suite.ts';
import { sequenceIv } from './body-aad.ts';
import type { EncodedContext } from './encryption-context.ts';
import { EnvelopeError } from './envelope-error.ts';
import { type EncryptedDataKey, type MessageHeader, type ReadHeader, writeHeader } from './message-header.ts';

const NOTHING = Buffer.alloc(0);
const HEADER_IV = sequenceIv(0);

/**
 * Finds one of a message's data keys that it can unwrap. The 32 bytes it returns become the property of
 * {@link openHeader}, which wipes them: a cache hands out a copy.
 */
export type UnwrapDataKey = (encryptedDataKeys: readonly EncryptedDataKey[], context: EncodedContext) => Buffer;

/**
 * Writes the header and its tag at the start of `target`; returns the offset after them. Once for one key: the IV
 * of a header is always 0, and GCM allows an IV once.
 */
export function writeSealedHeader(target: Buffer, header: MessageHeader, key: CipherKey): number {
  const end = writeHeader(target, header);
  return sealInto(target, end, { key, iv: HEADER_IV, aad: target.subarray(0, end), plaintext: NOTHING });
}

/**
 * Derives the message's key, and releases it only when context, commitment and header tag prove that it is the
 * right one. The caller wipes it.
 * @throws EnvelopeError `context-mismatch`, `not-authentic`, and whatever `unwrapDataKey` throws.
 */
export function openHeader(header: ReadHeader, unwrapDataKey: UnwrapDataKey, expectedContext: EncodedContext): Buffer {
  if (!header.context.equals(expectedContext)) {
    throw new EnvelopeError(
      'context-mismatch',
      'The message was sealed for another encryption context. It was moved or copied from another place; open it in its own.',
    );
  }
  const dataKey = unwrapDataKey(header.encryptedDataKeys, expectedContext);
  try {
    return authenticate(header, dataKey);
  } finally {
    dataKey.fill(0);
  }
}

function authenticate(header: ReadHeader, dataKey: Buffer): Buffer {
  if (dataKey.length !== KEY_BYTES) {
    throw new EnvelopeError(
      'unsupported',
      `The data key has ${dataKey.length} bytes; the algorithm suite needs ${KEY_BYTES}.`,
    );
  }
  const { encryptionKey: key, commitment } = deriveMessageKeys(dataKey, header.messageId);
  const sealed = { key, iv: HEADER_IV, aad: header.covered, ciphertext: NOTHING, tag: header.tag };
  if (timingSafeEqual(commitment, header.commitment) && openSealed(sealed)) return key;
  key.fill(0);
  throw new EnvelopeError(
    'not-authentic',
    'The header of the message was changed after it was sealed. Restore the message from a backup.',
  );
}
