import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodySealer } from './body-sealer.ts';
import { KmsDataKey } from './kms-data-key.ts';
import { MAX_PLAINTEXT_BYTES } from './limits.ts';
import { open } from './seal.ts';
import { contexts } from './test-support/arbitraries.ts';
import { chunksOf, cuts, joined, rejectedCode, sealFile } from './test-support/streams.ts';
import { dataTestKey, masterTestKey } from './test-support/test-keys.ts';
import { thrownCode } from './test-support/thrown-code.ts';
import { wrappingKeyOf } from './wrapping-key-of.ts';

const FRAME = 64 * 1024;
const content = randomBytes(4 * FRAME);
const context = { account: 'default', secret: 'account.certificate', version: '1' };
const sizes = fc.oneof(
  fc.constantFrom(0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 5, 4 * FRAME),
  fc.integer({ min: 0, max: 4 * FRAME }),
);
const { key } = masterTestKey();

async function sealed(size = 10): Promise<BodySealer> {
  const sealer = new BodySealer();
  await joined(sealer.frames(chunksOf(content.subarray(0, size))));
  return sealer;
}

describe('a file that is sealed in a stream', () => {
  it('is one message that opens, whatever its size and the chunks that it came in', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, cuts, contexts, fc.boolean(), async (size, at, bound, underDataKey) => {
        const wrapping = underDataKey ? dataTestKey().key : key;
        const { header, body } = await sealFile(wrapping, content.subarray(0, size), bound, at);
        const opened = open(wrapping, Buffer.concat([header, body]), bound);
        expect(Buffer.compare(opened, content.subarray(0, size))).toBe(0);
        expect(wrappingKeyOf(header)).toEqual({ namespace: wrapping.namespace, name: wrapping.name });
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    [0, 1],
    [FRAME, 1],
    [FRAME + 1, 2],
    [3 * FRAME, 3],
  ])('of %i bytes has %i frames, and their bytes are counted', async (size, frames) => {
    const sealer = new BodySealer();
    let count = 0;
    for await (const frame of sealer.frames(chunksOf(content.subarray(0, size)))) {
      count += 1;
      expect(frame.buffer.byteLength).toBe(frame.length);
    }
    expect(count).toBe(frames);
    expect(sealer.byteLength).toBe(size);
  });

  it('gives a frame out before the next chunk is read', async () => {
    let read = 0;
    const source = async function* (): AsyncGenerator<Uint8Array> {
      for (; read < 4; read += 1) yield content.subarray(0, FRAME);
    };
    const frames = new BodySealer().frames(source());
    await frames.next();
    expect(read).toBe(1);
    await frames.next();
    expect(read).toBe(2);
  });

  it('is another message each time', async () => {
    const one = await sealFile(key, content.subarray(0, 9), context);
    const other = await sealFile(key, content.subarray(0, 9), context);
    expect(one.body.equals(other.body)).toBe(false);
    expect(one.header.equals(other.header)).toBe(false);
  });
});

describe('a maximum', () => {
  it('of exactly the size is enough', async () => {
    const sealer = new BodySealer(1000);
    const body = await joined(sealer.frames(chunksOf(content.subarray(0, 1000), [0.5])));
    expect(open(key, Buffer.concat([sealer.header(key, context), body]), context)).toHaveLength(1000);
  });

  it('stops at the chunk that exceeds it: nothing after it is read, and the source is told', async () => {
    let read = 0;
    let closed = false;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          read += 1;
          yield content.subarray(0, 100);
        }
      } finally {
        closed = true;
      }
    };
    const sealer = new BodySealer(1000);
    expect(await rejectedCode(() => joined(sealer.frames(endless())))).toBe('too-large');
    expect(read).toBe(11);
    expect(closed).toBe(true);
    expect(() => sealer.header(key, context)).toThrow(/it is over/);
  });

  it('is never above what can be opened', async () => {
    const chunk = Buffer.alloc(MAX_PLAINTEXT_BYTES / 4);
    const tooMuch = async function* (): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < 5; n += 1) yield chunk;
    };
    const sealer = new BodySealer(Number.POSITIVE_INFINITY);
    expect(await rejectedCode(() => joined(sealer.frames(tooMuch())))).toBe('too-large');
  });
});

describe('the header', () => {
  it('is made once: a second would use the key of the message twice with one IV', async () => {
    const sealer = await sealed();
    sealer.header(key, context);
    expect(() => sealer.header(key, context)).toThrow(/it is over, not sealed/);
    expect(() => sealer.header(key, { ...context, version: '2' })).toThrow(/it is over, not sealed/);
  });

  it('is made only after the last frame', async () => {
    const sealer = new BodySealer();
    expect(() => sealer.header(key, context)).toThrow(/it is new, not sealed/);
    const frames = sealer.frames(chunksOf(content));
    await frames.next();
    expect(() => sealer.header(key, context)).toThrow(/it is sealing, not sealed/);
  });

  it('can be made with another key when the first was wiped, or the context was refused', async () => {
    const sealer = new BodySealer();
    const body = await joined(sealer.frames(chunksOf(content.subarray(0, 10))));
    const wiped = new KmsDataKey('id', randomBytes(32));
    wiped.wipe();
    expect(thrownCode(() => sealer.header(wiped, context))).toBe('key-wiped');
    expect(thrownCode(() => sealer.header(key, { 'aws-crypto-reserved': '' }))).toBe('unsupported');
    const message = Buffer.concat([sealer.header(key, context), body]);
    expect(Buffer.compare(open(key, message, context), content.subarray(0, 10))).toBe(0);
  });

  it.each<[string, (sealer: BodySealer) => Promise<unknown>]>([
    ['the frames are left', (sealer) => firstOf(sealer.frames(chunksOf(content)))],
    ['the source fails', (sealer) => joined(sealer.frames(failing())).catch(() => undefined)],
    ['it is discarded', async (sealer) => sealer.discard()],
  ])('is not made any more when %s', async (_, leave) => {
    const sealer = new BodySealer();
    await leave(sealer);
    expect(() => sealer.header(key, context)).toThrow(/it is over/);
    await expect(joined(sealer.frames(chunksOf(content)))).rejects.toThrow(/it is over, not new/);
  });

  it('what the source throws passes through', async () => {
    await expect(joined(new BodySealer().frames(failing()))).rejects.toThrow('the connection broke');
  });

  async function firstOf(frames: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
    for await (const frame of frames) return frame;
    return undefined;
  }

  async function* failing(): AsyncGenerator<Uint8Array> {
    yield content;
    throw new Error('the connection broke');
  }
});
