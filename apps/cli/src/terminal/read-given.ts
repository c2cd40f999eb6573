import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { reasonOf, usageError } from '../exit-code.ts';
import { askHidden } from './ask-hidden.ts';

interface Given {
  /** A file, or `-` for the standard input. */
  readonly file: string | undefined;
  /** What a person at a terminal is asked for, where no file is named. */
  readonly question: string;
  readonly maxBytes: number;
  /** What is said about more than that. */
  readonly tooLong: string;
}

/**
 * What a person gives without it being an argument: the content of a file, the standard input, or an answer that is not shown.
 * @throws CommandError where it cannot be read, or is too long.
 */
export async function readGiven({ file, question, maxBytes, tooLong }: Given): Promise<Buffer> {
  if (file === undefined && process.stdin.isTTY) return Buffer.from(await askHidden(question));
  const source = file === undefined || file === '-' ? process.stdin : createReadStream(file);
  try {
    return await readAll(source, maxBytes, tooLong);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw usageError(`It cannot be read: ${reasonOf(error)}.`);
    throw error;
  }
}

async function readAll(source: Readable, maxBytes: number, tooLong: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) throw usageError(tooLong);
  }
  return Buffer.concat(chunks);
}
