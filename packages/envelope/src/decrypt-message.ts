import { ByteReader } from './byte-reader.ts';
import type { EncodedContext } from './encryption-context.ts';
import { EnvelopeError } from './envelope-error.ts';
import { MAX_MESSAGE_BYTES } from './limits.ts';
import { readBody } from './message-body.ts';
import { readHeader } from './message-header.ts';
import { openHeader, type UnwrapDataKey } from './sealed-header.ts';

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
  const key = openHeader(header, unwrapDataKey, expectedContext);
  try {
    return readBody(reader, header.layout, { key, messageId: header.messageId });
  } finally {
    key.fill(0);
  }
}
