import type { CipherKey } from 'node:crypto';
import { IV_BYTES, openSealed, sealInto, TAG_BYTES } from './algorithm-suite.ts';
import { type BodyPart, bodyAad, sequenceIv } from './body-aad.ts';
import type { ByteReader } from './byte-reader.ts';
import { EnvelopeError } from './envelope-error.ts';

// Source of the layout: https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/message-format.html#body-structure

/** What every part of a body is encrypted with. */
export interface BodyCipher {
  readonly key: CipherKey;
  readonly messageId: Buffer;
}

/** A part as it was read; nothing is authenticated yet. */
export interface SealedPart {
  readonly kind: BodyPart;
  readonly sequence: number;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

const FINAL_FRAME_MARK = 0xffff_ffff;

/** What a frame has beside its content, in bytes. */
export const FRAME_OVERHEAD = 4 + IV_BYTES + TAG_BYTES;
export const FINAL_FRAME_OVERHEAD = FRAME_OVERHEAD + 4 + 4;

/** How much of a frame {@link frameLengthOf} needs to see; every frame has more. */
export const FRAME_HEAD_BYTES = 4 + 4 + IV_BYTES + 4;

/** Writes one frame into `target` at `offset`; returns the offset after it. */
export function writeFrame(
  target: Buffer,
  offset: number,
  cipher: BodyCipher,
  sequence: number,
  plaintext: Uint8Array,
  isFinal: boolean,
): number {
  const iv = sequenceIv(sequence);
  let position = isFinal ? target.writeUInt32BE(FINAL_FRAME_MARK, offset) : offset;
  position = target.writeUInt32BE(sequence, position);
  target.set(iv, position);
  position += IV_BYTES;
  if (isFinal) position = target.writeUInt32BE(plaintext.length, position);
  const aad = bodyAad(cipher.messageId, isFinal ? 'final frame' : 'frame', sequence, plaintext.length);
  return sealInto(target, position, { key: cipher.key, iv, aad, plaintext });
}

/**
 * How many bytes the frame takes that begins with `head`, at most what a frame of `frameLength` can take. For a head
 * that was cut short it is the head's own length: {@link readFrame} says what is missing.
 */
export function frameLengthOf(head: Buffer, frameLength: number): number {
  if (head.length < FRAME_HEAD_BYTES) return head.length;
  if (head.readUInt32BE(0) !== FINAL_FRAME_MARK) return FRAME_OVERHEAD + frameLength;
  return FINAL_FRAME_OVERHEAD + Math.min(head.readUInt32BE(FRAME_HEAD_BYTES - 4), frameLength);
}

/** @throws EnvelopeError `malformed`, also for any other frame than the one that is expected. */
export function readFrame(reader: ByteReader, frameLength: number, expectedSequence: number): SealedPart {
  const mark = reader.uint32('frame sequence number');
  const isFinal = mark === FINAL_FRAME_MARK;
  const sequence = isFinal ? reader.uint32('final frame sequence number') : mark;
  if (sequence !== expectedSequence) {
    throw new EnvelopeError(
      'malformed',
      `Frame ${expectedSequence} of the message is numbered ${sequence}. It is damaged; restore it from a backup.`,
    );
  }
  const iv = reader.take(IV_BYTES, 'frame IV');
  const contentLength = isFinal ? reader.uint32('final frame length') : frameLength;
  if (contentLength > frameLength) {
    throw new EnvelopeError(
      'malformed',
      `The final frame has ${contentLength} bytes, more than the frame length ${frameLength}. It is damaged; restore it from a backup.`,
    );
  }
  const ciphertext = reader.take(contentLength, 'frame content');
  return {
    kind: isFinal ? 'final frame' : 'frame',
    sequence,
    iv,
    ciphertext,
    tag: reader.take(TAG_BYTES, 'frame tag'),
  };
}

/** The body of a message without frames. */
export function readSingleBlock(reader: ByteReader): SealedPart {
  const iv = reader.take(IV_BYTES, 'body IV');
  const contentLength = reader.uint32('body length') * 2 ** 32 + reader.uint32('body length');
  const ciphertext = reader.take(contentLength, 'body content');
  return { kind: 'single block', sequence: 1, iv, ciphertext, tag: reader.take(TAG_BYTES, 'body tag') };
}

/** Decrypts a part; the plaintext is in memory of its own. @throws EnvelopeError `not-authentic`. */
export function openPart(part: SealedPart, cipher: BodyCipher): Buffer {
  const aad = bodyAad(cipher.messageId, part.kind, part.sequence, part.ciphertext.length);
  const plaintext = openSealed({ key: cipher.key, iv: part.iv, aad, ciphertext: part.ciphertext, tag: part.tag });
  if (plaintext) return plaintext;
  throw new EnvelopeError(
    'not-authentic',
    `Part ${part.sequence} of the message body was changed after it was sealed. Restore the message from a backup.`,
  );
}
