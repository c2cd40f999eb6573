import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { encodeContext } from './encryption-context.ts';
import { type BodyLayout, headerLength, readHeader, writeHeader } from './message-header.ts';
import { thrownCode } from './test-support/thrown-code.ts';

const context = encodeContext({ a: 'b' });
const encryptedDataKeys = [
  { providerId: 'wardline', providerInfo: Buffer.from('info'), ciphertext: randomBytes(48) },
  { providerId: 'other', providerInfo: Buffer.alloc(0), ciphertext: randomBytes(1) },
];
const messageId = randomBytes(32);
const commitment = randomBytes(32);
const frameLengthOffset = headerLength(context, encryptedDataKeys) - 32 - 4;

function write(layout: BodyLayout): Buffer {
  const bytes = Buffer.alloc(headerLength(context, encryptedDataKeys) + 16);
  expect(writeHeader(bytes, { messageId, context, encryptedDataKeys, layout, commitment })).toBe(bytes.length - 16);
  return bytes;
}

const read = (bytes: Buffer): ReturnType<typeof readHeader> => readHeader(new ByteReader(bytes));

describe('a message header', () => {
  it.each<BodyLayout>([
    { kind: 'framed', frameLength: 1 },
    { kind: 'framed', frameLength: 0xffff_ffff },
    { kind: 'unframed' },
  ])('is read as it was written: %j', (layout) => {
    const bytes = write(layout);
    expect(read(bytes)).toEqual({
      ...{ messageId, context, encryptedDataKeys, layout, commitment },
      covered: bytes.subarray(0, -16),
      tag: Buffer.alloc(16),
    });
  });

  it('is refused with a frame length of 0, or one for a body without frames', () => {
    const framed = write({ kind: 'framed', frameLength: 1 });
    framed.writeUInt32BE(0, frameLengthOffset);
    const unframed = write({ kind: 'unframed' });
    unframed.writeUInt32BE(1, frameLengthOffset);
    for (const bytes of [framed, unframed]) expect(thrownCode(() => read(bytes))).toBe('malformed');
  });

  it.each([0, 3, 0xff])('is refused with content type %i', (contentType) => {
    const bytes = write({ kind: 'framed', frameLength: 1 });
    bytes.writeUInt8(contentType, frameLengthOffset - 1);
    expect(thrownCode(() => read(bytes))).toBe('malformed');
  });

  it('is not written with a field too long for its length', () => {
    const tooLong = { providerId: 'p', providerInfo: Buffer.alloc(65_536), ciphertext: Buffer.alloc(1) };
    const header = {
      messageId,
      context,
      encryptedDataKeys: [tooLong],
      layout: { kind: 'unframed' },
      commitment,
    } as const;
    expect(thrownCode(() => writeHeader(Buffer.alloc(70_000), header))).toBe('unsupported');
  });
});
