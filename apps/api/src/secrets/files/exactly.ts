import { EnvelopeError } from '@wardline/envelope';

/**
 * Passes on content that was promised to have so many bytes. Each part is held back until the next is there, so that
 * the last byte goes out only when all of it is known to be intact: a reader who counts never takes a part for the whole.
 * @throws EnvelopeError `malformed` for more or fewer bytes; what the content throws.
 */
export async function* exactly(byteLength: number, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let held: Buffer | undefined;
  let length = 0;
  for await (const part of content) {
    length += part.length;
    if (length > byteLength) break;
    if (held) yield held;
    held = part;
  }
  if (length !== byteLength) {
    throw new EnvelopeError(
      'malformed',
      `The file has ${length} bytes or more, not the ${byteLength} that are on record.`,
    );
  }
  if (held) yield held;
}
