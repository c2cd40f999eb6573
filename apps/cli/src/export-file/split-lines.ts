import { usageError } from '../exit-code.ts';

/** More than any line of an export has: a text of 1 MiB in base64 with what is said about it. */
const LONGEST_LINE = 4 * 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * The lines of a stream of bytes, without their ends; what follows the last end is a line if it is not empty.
 * @throws CommandError for a line longer than any of an export.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      yield Buffer.concat([...parts, rest.subarray(0, end)]);
      parts = [];
      length = 0;
      rest = rest.subarray(end + 1);
    }
    length += rest.length;
    if (length > LONGEST_LINE)
      throw usageError('This is no export of Wardline: it has a line that is too long for one.');
    if (rest.length > 0) parts.push(rest);
  }
  if (length > 0) yield Buffer.concat(parts);
}
