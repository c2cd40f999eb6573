import { timingSafeEqual } from 'node:crypto';
import { deriveMessageKeys, KEY_BYTES, openSealed } from './algorithm-suite.ts';
import { sequenceIv } from './body-aad.ts';
import { ByteReader } from './byte-reader.ts';
import type { EncodedContext } from './encryption-context.ts';
import { EnvelopeError } from './envelope-error.ts';
import { MAX_MESSAGE_BYTES } from './limits.ts';
import { readBody } from './message-body.ts';
import { type EncryptedDataKey, type ReadHeader, readHeader } from './message-header.ts';

const NOTHING = Buffer.alloc(0);
const HEADER_IV = sequenceIv(0);

/**
 * Finds one of a message's data keys that it can unwrap. The 32 bytes it returns become the property of
 * {@link decryptMessage}, which wipes them: a cache hands out a copy.
 */
export type UnwrapDataKey = (encryptedDataKeys: readonly EncryptedDataKey[], context: EncodedContext) => Buffer;

/**
 * Decrypts one message in the AWS Encryption SDK format, version 2, suite 0x0478, framed or not. The plaintext is
 * in memory of its own, so the caller can wipe it.
 * @throws EnvelopeError in all its codes, and whatever `unwrapDataKey` throws.
 */
export function decryptMessage(
  message: Uint8Array,
  unwrapDataKey: UnwrapDataKey,
  expectedContext: EncodedContext,
): Buffer {
  if (message.length > MAX_MESSAGE_BYTES) {
    throw new EnvelopeError(
      'unsupported',
      `The message has ${message.length} bytes; at most ${MAX_MESSAGE_BYTES} are read.`,
    );
  }
  const reader = new ByteReader(Buffer.from(message.buffer, message.byteOffset, message.byteLength));
  const header = readHeader(reader);
  if (!header.context.equals(expectedContext)) {
    throw new EnvelopeError(
      'context-mismatch',
      'The message was sealed for another encryption context. It was moved or copied from another place; open it in its own.',
    );
  }
  const dataKey = unwrapDataKey(header.encryptedDataKeys, expectedContext);
  try {
    const key = authenticateHeader(header, dataKey);
    try {
      return readBody(reader, header.layout, { key, messageId: header.messageId });
    } finally {
      key.fill(0);
    }
  } finally {
    dataKey.fill(0);
  }
}

/** Derives the message's key, and releases it only when commitment and header tag prove that it is the right one. */
function authenticateHeader(header: ReadHeader, dataKey: Buffer): Buffer {
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
