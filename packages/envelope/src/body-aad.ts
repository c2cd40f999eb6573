import { IV_BYTES, MESSAGE_ID_BYTES } from './algorithm-suite.ts';

/** Which part of a body some ciphertext is. The format authenticates it, so that no part can pass for another. */
export type BodyPart = 'frame' | 'final frame' | 'single block';

// Source: https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/body-aad-reference.html
const LABELS: Readonly<Record<BodyPart, Buffer>> = {
  frame: Buffer.from('AWSKMSEncryptionClient Frame'),
  'final frame': Buffer.from('AWSKMSEncryptionClient Final Frame'),
  'single block': Buffer.from('AWSKMSEncryptionClient Single Block'),
};

/** The additional authenticated data of one part: message ID, label, sequence number, length of the plaintext. */
export function bodyAad(messageId: Uint8Array, part: BodyPart, sequence: number, contentLength: number): Buffer {
  const label = LABELS[part];
  const aad = Buffer.allocUnsafe(MESSAGE_ID_BYTES + label.length + 4 + 8);
  aad.set(messageId, 0);
  aad.set(label, MESSAGE_ID_BYTES);
  const offset = aad.writeUInt32BE(sequence, MESSAGE_ID_BYTES + label.length);
  // The high half of the 64-bit length: plaintext is bounded far below 4 GiB.
  aad.writeUInt32BE(contentLength, aad.writeUInt32BE(0, offset));
  return aad;
}

/** The IV of a frame is its sequence number; 0 is the header's. Unique per message, and each message has its own key. */
export function sequenceIv(sequence: number): Buffer {
  const iv = Buffer.alloc(IV_BYTES);
  iv.writeUInt32BE(sequence, IV_BYTES - 4);
  return iv;
}
