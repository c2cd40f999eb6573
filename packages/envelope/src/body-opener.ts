import { createSecretKey } from 'node:crypto';
import { type BodyCipher, FRAME_HEAD_BYTES, frameLengthOf, openPart, readFrame } from './body-part.ts';
import { ByteReader } from './byte-reader.ts';
import { ChunkReader } from './chunk-reader.ts';
import { type EncryptionContext, encodeContext } from './encryption-context.ts';
import { EnvelopeError } from './envelope-error.ts';
import { MAX_STREAMED_FRAME_LENGTH } from './limits.ts';
import { type BodyLayout, readHeader } from './message-header.ts';
import { openHeader } from './sealed-header.ts';
import type { WrappingKey } from './wrapping-key.ts';

/**
 * Decrypts one framed message in a stream. Making it opens the header: from then on the wrapping key is not needed,
 * and may be wiped.
 */
export class BodyOpener {
  readonly #cipher: BodyCipher;
  readonly #frameLength: number;

  /**
   * @param header all bytes of the message before its body, and no more.
   * @throws EnvelopeError as {@link open} does; `unsupported` for a body without frames, or with longer ones than
   * {@link MAX_STREAMED_FRAME_LENGTH}: `open` reads those.
   */
  constructor(key: WrappingKey, header: Uint8Array, context: EncryptionContext) {
    const reader = new ByteReader(Buffer.from(header.buffer, header.byteOffset, header.byteLength));
    const read = readHeader(reader);
    reader.expectEnd();
    this.#frameLength = streamedFrameLength(read.layout);
    const bytes = openHeader(read, (keys, encoded) => key.unwrapDataKey(keys, encoded), encodeContext(context));
    // A stream may be left at any time: the crypto library clears the key when nothing refers to it any more.
    this.#cipher = { key: createSecretKey(bytes), messageId: Buffer.from(read.messageId) };
    bytes.fill(0);
  }

  /**
   * The plaintext of each frame that is not empty, authenticated, in memory of its own that the reader may wipe.
   * Only the normal end says that the message was complete: until then it may turn out to be cut short.
   * @throws EnvelopeError `malformed` or `not-authentic`; what the chunks throw passes through.
   */
  async *plaintext(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
    const reader = new ChunkReader(chunks);
    try {
      for (let sequence = 1, isFinal = false; !isFinal; sequence += 1) {
        const frame = await reader.take(frameLengthOf(await reader.peek(FRAME_HEAD_BYTES), this.#frameLength));
        const part = readFrame(new ByteReader(frame), this.#frameLength, sequence);
        isFinal = part.kind === 'final frame';
        const plaintext = openPart(part, this.#cipher);
        if (isFinal && !(await reader.isAtEnd())) {
          plaintext.fill(0);
          throw new EnvelopeError('malformed', 'Bytes follow the end of the encrypted message. Pass one message only.');
        }
        if (plaintext.length > 0) yield plaintext;
      }
    } finally {
      await reader.close();
    }
  }
}

function streamedFrameLength(layout: BodyLayout): number {
  if (layout.kind === 'framed' && layout.frameLength <= MAX_STREAMED_FRAME_LENGTH) return layout.frameLength;
  const found = layout.kind === 'framed' ? `has frames of ${layout.frameLength} bytes` : 'has no frames';
  throw new EnvelopeError(
    'unsupported',
    `The message ${found}; in a stream, frames of up to ${MAX_STREAMED_FRAME_LENGTH} bytes are read. Open it as a whole.`,
  );
}
