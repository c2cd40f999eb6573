import { IV_BYTES, openSealed, sealInto, TAG_BYTES } from './algorithm-suite.ts';
import { type BodyPart, bodyAad, sequenceIv } from './body-aad.ts';
import type { ByteReader } from './byte-reader.ts';
import { EnvelopeError } from './envelope-error.ts';
import type { BodyLayout } from './message-header.ts';

// Source of the layout: https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/message-format.html#body-structure

/** What every part of a body is encrypted with. */
export interface BodyCipher {
  readonly key: Buffer;
  readonly messageId: Buffer;
}

const FINAL_FRAME_MARK = 0xffff_ffff;
const FRAME_OVERHEAD = 4 + IV_BYTES + TAG_BYTES;
const FINAL_FRAME_OVERHEAD = FRAME_OVERHEAD + 4 + 4;

/** How many bytes {@link writeFrames} will write. */
export function framesLength(plaintextLength: number, frameLength: number): number {
  return (frameCount(plaintextLength, frameLength) - 1) * FRAME_OVERHEAD + FINAL_FRAME_OVERHEAD + plaintextLength;
}

/** An empty plaintext is one empty final frame; a plaintext that fills its last frame gets no empty one after it. */
function frameCount(plaintextLength: number, frameLength: number): number {
  return Math.max(1, Math.ceil(plaintextLength / frameLength));
}

/** Writes the framed body of `plaintext` into `target` at `offset`; returns the offset after it. */
export function writeFrames(
  target: Buffer,
  offset: number,
  input: BodyCipher & { readonly plaintext: Uint8Array; readonly frameLength: number },
): number {
  const { plaintext, frameLength } = input;
  const last = frameCount(plaintext.length, frameLength);
  let position = offset;
  for (let sequence = 1; sequence <= last; sequence += 1) {
    const start = (sequence - 1) * frameLength;
    const content = last === 1 ? plaintext : plaintext.subarray(start, start + frameLength);
    position = writeFrame(target, position, input, sequence, content, sequence === last);
  }
  return position;
}

function writeFrame(
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
 * Decrypts a body up to its end, which must be the end of the input. Nothing is returned before all of it has
 * been authenticated; what was decrypted until an error is wiped.
 * @throws EnvelopeError `malformed` or `not-authentic`.
 */
export function readBody(reader: ByteReader, layout: BodyLayout, cipher: BodyCipher): Buffer {
  const parts: Buffer[] = [];
  try {
    for (const part of readParts(reader, layout)) parts.push(openPart(part, cipher));
    reader.expectEnd();
  } catch (error) {
    for (const part of parts) part.fill(0);
    throw error;
  }
  const [only] = parts;
  return only && parts.length === 1 ? only : joinAndWipe(parts);
}

interface SealedPart {
  readonly kind: BodyPart;
  readonly sequence: number;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

function* readParts(reader: ByteReader, layout: BodyLayout): Generator<SealedPart> {
  switch (layout.kind) {
    case 'unframed':
      yield readSingleBlock(reader);
      return;
    case 'framed': {
      let sequence = 0;
      let part: SealedPart;
      do {
        sequence += 1;
        part = readFrame(reader, layout.frameLength, sequence);
        yield part;
      } while (part.kind !== 'final frame');
    }
  }
}

function readFrame(reader: ByteReader, frameLength: number, expectedSequence: number): SealedPart {
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

function readSingleBlock(reader: ByteReader): SealedPart {
  const iv = reader.take(IV_BYTES, 'body IV');
  const contentLength = reader.uint32('body length') * 2 ** 32 + reader.uint32('body length');
  const ciphertext = reader.take(contentLength, 'body content');
  return { kind: 'single block', sequence: 1, iv, ciphertext, tag: reader.take(TAG_BYTES, 'body tag') };
}

function openPart(part: SealedPart, cipher: BodyCipher): Buffer {
  const aad = bodyAad(cipher.messageId, part.kind, part.sequence, part.ciphertext.length);
  const plaintext = openSealed({ key: cipher.key, iv: part.iv, aad, ciphertext: part.ciphertext, tag: part.tag });
  if (plaintext) return plaintext;
  throw new EnvelopeError(
    'not-authentic',
    `Part ${part.sequence} of the message body was changed after it was sealed. Restore the message from a backup.`,
  );
}

/** Not Buffer.concat: that would copy plaintext into the memory pool which all small Buffers share. */
function joinAndWipe(parts: readonly Buffer[]): Buffer {
  const whole = Buffer.allocUnsafeSlow(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
    part.fill(0);
  }
  return whole;
}
