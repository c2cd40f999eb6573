import fc from 'fast-check';
import { TAG_BYTES } from '../algorithm-suite.ts';
import { BodyOpener } from '../body-opener.ts';
import { BodySealer } from '../body-sealer.ts';
import { ByteReader } from '../byte-reader.ts';
import type { EncryptionContext } from '../encryption-context.ts';
import { EnvelopeError, type EnvelopeErrorCode } from '../envelope-error.ts';
import { readHeader } from '../message-header.ts';
import type { WrappingKey } from '../wrapping-key.ts';

/** Where bytes are cut into chunks, as shares of their length; two that are equal make an empty chunk. */
export const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

/** The bytes in chunks, one after the other. */
export async function* chunksOf(bytes: Uint8Array, at: readonly number[] = []): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const share of [...at.toSorted((a, b) => a - b), 1]) {
    const end = Math.round(share * bytes.length);
    yield bytes.subarray(start, end);
    start = end;
  }
}

/** Everything that a stream yields, as one piece. */
export async function joined(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** The two parts that a sealed file is stored in. */
export interface SealedFile {
  readonly header: Buffer;
  readonly body: Buffer;
}

export async function sealFile(
  key: WrappingKey,
  plaintext: Uint8Array,
  context: EncryptionContext,
  at: readonly number[] = [],
): Promise<SealedFile> {
  const sealer = new BodySealer();
  const body = await joined(sealer.frames(chunksOf(plaintext, at)));
  return { header: sealer.header(key, context), body };
}

export function openFile(
  key: WrappingKey,
  { header, body }: SealedFile,
  context: EncryptionContext,
  at: readonly number[] = [],
): Promise<Buffer> {
  return joined(new BodyOpener(key, header, context).plaintext(chunksOf(body, at)));
}

/** Cuts a whole message where its body begins. */
export function splitMessage(message: Uint8Array): SealedFile {
  const bytes = Buffer.from(message);
  const end = readHeader(new ByteReader(bytes)).covered.length + TAG_BYTES;
  return { header: bytes.subarray(0, end), body: bytes.subarray(end) };
}

/** The code of the EnvelopeError that the promise rejects with; undefined when it resolves. Any other error passes through. */
export async function rejectedCode(action: () => Promise<unknown>): Promise<EnvelopeErrorCode | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof EnvelopeError) return error.code;
    throw error;
  }
}
