import {
  type BodyCipher,
  FINAL_FRAME_OVERHEAD,
  FRAME_OVERHEAD,
  openPart,
  readFrame,
  readSingleBlock,
  type SealedPart,
  writeFrame,
} from './body-part.ts';
import type { ByteReader } from './byte-reader.ts';
import type { BodyLayout } from './message-header.ts';

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
