import { randomBytes } from 'node:crypto';
import { deriveMessageKeys, IV_BYTES, sealInto, TAG_BYTES } from '../algorithm-suite.ts';
import { bodyAad, sequenceIv } from '../body-aad.ts';
import { type EncryptionContext, encodeContext } from '../encryption-context.ts';
import { headerLength, writeHeader } from '../message-header.ts';
import type { WrappingKey } from '../wrapping-key.ts';

/**
 * A message whose body is one block without frames. Wardline reads them and never writes them. With a `claimed`
 * commitment it is what an attacker makes who holds the data key: every tag fits, the commitment does not.
 */
export function unframedMessage(
  key: WrappingKey,
  plaintext: Uint8Array,
  encryptionContext: EncryptionContext,
  claimed?: Buffer,
): Buffer {
  const context = encodeContext(encryptionContext);
  const dataKey = randomBytes(32);
  const messageId = randomBytes(32);
  const encryptedDataKeys = [key.wrapDataKey(dataKey, context)];
  const derived = deriveMessageKeys(dataKey, messageId);
  const { encryptionKey } = derived;
  const commitment = claimed ?? derived.commitment;
  const bodyLength = IV_BYTES + 8 + plaintext.length + TAG_BYTES;
  const message = Buffer.alloc(headerLength(context, encryptedDataKeys) + TAG_BYTES + bodyLength);
  const layout = { kind: 'unframed' } as const;
  const end = writeHeader(message, { messageId, context, encryptedDataKeys, layout, commitment });
  const header = { key: encryptionKey, iv: sequenceIv(0), aad: message.subarray(0, end), plaintext: Buffer.alloc(0) };
  let offset = sealInto(message, end, header);
  const iv = sequenceIv(1);
  message.set(iv, offset);
  offset = message.writeBigUInt64BE(BigInt(plaintext.length), offset + IV_BYTES);
  const aad = bodyAad(messageId, 'single block', 1, plaintext.length);
  sealInto(message, offset, { key: encryptionKey, iv, aad, plaintext });
  return message;
}
