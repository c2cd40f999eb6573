import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { framesLength, readBody, writeFrames } from './message-body.ts';
import { thrownCode } from './test-support/thrown-code.ts';

const cipher = { key: randomBytes(32), messageId: randomBytes(32) };
const plaintext = Buffer.from('0123456789');

function write(frameLength: number): Buffer {
  const body = Buffer.alloc(framesLength(plaintext.length, frameLength));
  expect(writeFrames(body, 0, { ...cipher, plaintext, frameLength })).toBe(body.length);
  return body;
}

const read = (body: Buffer, frameLength: number): Buffer =>
  readBody(new ByteReader(body), { kind: 'framed', frameLength }, cipher);

describe('a framed body', () => {
  it.each([1, 3, 5, 9, 10, 11])('of frames of %i bytes is read as it was written', (frameLength) => {
    expect(read(write(frameLength), frameLength).equals(plaintext)).toBe(true);
  });

  it('has no empty frame after a full last one', () => {
    expect(write(5)).toHaveLength(32 + 5 + 40 + 5);
    expect(write(10)).toHaveLength(40 + 10);
  });

  it('is refused when its final frame is longer than the frame length, though its tag fits', () => {
    expect(thrownCode(() => read(write(10), 9))).toBe('malformed');
  });

  it('is refused under another message ID', () => {
    const other = { ...cipher, messageId: randomBytes(32) };
    const layout = { kind: 'framed', frameLength: 10 } as const;
    expect(thrownCode(() => readBody(new ByteReader(write(10)), layout, other))).toBe('not-authentic');
  });
});
