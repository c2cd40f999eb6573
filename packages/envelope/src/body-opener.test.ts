import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyOpener } from './body-opener.ts';
import { encryptMessage } from './encrypt-message.ts';
import { encodeContext } from './encryption-context.ts';
import { KmsDataKey } from './kms-data-key.ts';
import { MAX_STREAMED_FRAME_LENGTH } from './limits.ts';
import { seal } from './seal.ts';
import { contexts, plaintexts } from './test-support/arbitraries.ts';
import {
  chunksOf,
  cuts,
  joined,
  openFile,
  rejectedCode,
  type SealedFile,
  sealFile,
  splitMessage,
} from './test-support/streams.ts';
import { dataTestKey, masterTestKey } from './test-support/test-keys.ts';
import { unframedMessage } from './test-support/unframed-message.ts';

const FRAME = 64 * 1024;
const content = randomBytes(3 * FRAME + 7);
const context = { account: 'default', secret: 'account.certificate', version: '1' };
const { key } = masterTestKey();

/** A message of small frames, so that all of it can be damaged in turn. */
function smallFrames(plaintext: Uint8Array, frameLength = 4): SealedFile {
  const encryptionContext = encodeContext(context);
  const dataKey = randomBytes(32);
  const encryptedDataKeys = [key.wrapDataKey(dataKey, encryptionContext)];
  return splitMessage(encryptMessage({ plaintext, encryptionContext, dataKey, encryptedDataKeys, frameLength }));
}

const opens = (file: SealedFile, at: readonly number[] = []): ReturnType<typeof rejectedCode> =>
  rejectedCode(async () => openFile(key, file, context, at));

describe('a file opens in a stream', () => {
  it('whatever its size and the chunks of its body', async () => {
    const sizes = fc.oneof(fc.constantFrom(0, 1, FRAME, 2 * FRAME), fc.integer({ min: 0, max: content.length }));
    await fc.assert(
      fc.asyncProperty(sizes, cuts, contexts, fc.boolean(), async (size, at, bound, underDataKey) => {
        const wrapping = underDataKey ? dataTestKey().key : key;
        const plaintext = content.subarray(0, size);
        const file = await sealFile(wrapping, plaintext, bound);
        expect((await openFile(wrapping, file, bound, at)).equals(plaintext)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('also byte by byte, and when it was sealed as a whole', async () => {
    const file = splitMessage(seal(key, content.subarray(0, 300), context));
    const everyByte = Array.from({ length: file.body.length }, (_, n) => n / file.body.length);
    expect((await openFile(key, file, context, everyByte)).equals(content.subarray(0, 300))).toBe(true);
  });

  it('in frames of any length', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, fc.integer({ min: 1, max: 400 }), cuts, async (plaintext, frameLength, at) => {
        const opened = await openFile(key, smallFrames(plaintext, frameLength), context, at);
        expect(Buffer.compare(opened, plaintext)).toBe(0);
      }),
    );
  });

  it('frame by frame, each before the next is read and in memory of its own', async () => {
    const { header, body } = await sealFile(key, content, context);
    let read = 0;
    const frameBytes = FRAME + 32;
    const source = async function* (): AsyncGenerator<Uint8Array> {
      for (; read * frameBytes < body.length; read += 1) {
        yield body.subarray(read * frameBytes, (read + 1) * frameBytes);
      }
    };
    const plaintext = new BodyOpener(key, header, context).plaintext(source());
    const { value: first } = await plaintext.next();
    expect(first?.equals(content.subarray(0, FRAME))).toBe(true);
    expect(first?.buffer.byteLength).toBe(FRAME);
    expect(read).toBe(0);
  });

  it('although the wrapping key is wiped once the header is open', async () => {
    const dataKey = new KmsDataKey('id', randomBytes(32));
    const { header, body } = await sealFile(dataKey, content, context);
    const opener = new BodyOpener(dataKey, header, context);
    dataKey.wipe();
    expect((await joined(opener.plaintext(chunksOf(body)))).equals(content)).toBe(true);
  });
});

describe('a file is refused', () => {
  it('in another place: the row of one secret copied onto another, before anything is read of its body', async () => {
    const { header } = await sealFile(key, content, context);
    await fc.assert(
      fc.asyncProperty(contexts, async (other) => {
        expect(await rejectedCode(async () => new BodyOpener(key, header, other))).toBe('context-mismatch');
      }),
    );
    const dataKey = dataTestKey().key;
    expect(await rejectedCode(async () => new BodyOpener(dataKey, header, context))).toBe('wrong-key');
  });

  it('with the body of another, or the header of another', async () => {
    const [one, other] = [await sealFile(key, content, context), await sealFile(key, content, context)];
    expect(await opens({ header: one.header, body: other.body })).toBe('not-authentic');
  });

  it('with any single bit flipped, in the header or in the body', async () => {
    const { header, body } = smallFrames(Buffer.from('aaaabbbbcc'));
    const whole = Buffer.concat([header, body]);
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const file = { header: flipped.subarray(0, header.length), body: flipped.subarray(header.length) };
      expect(await opens(file), `bit ${bit}`).toBeDefined();
    }
  });

  it('with any single bit of a long one flipped', async () => {
    const { header, body } = await sealFile(key, content, context);
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length * 8 - 1), cuts, async (bit, at) => {
        const flipped = Buffer.from(body);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(await opens({ header, body: flipped }, at)).toBeDefined();
      }),
      { numRuns: 100 },
    );
  });

  it('cut short at any length, at the end of a frame too', async () => {
    const { header, body } = smallFrames(Buffer.from('aaaabbbbcc'));
    for (let length = 0; length < body.length; length += 1) {
      expect(await opens({ header, body: body.subarray(0, length) }), `${length} bytes`).toBe('malformed');
    }
    for (let length = 0; length < header.length; length += 1) {
      expect(await opens({ header: header.subarray(0, length), body }), `${length} bytes`).toBe('malformed');
    }
  });

  it('with anything after its end, before its last frame is given out', async () => {
    const { header, body } = await sealFile(key, content.subarray(0, 9), context);
    for (const more of [Buffer.from([0]), body]) {
      expect(await opens({ header, body: Buffer.concat([body, more]) })).toBe('malformed');
    }
    expect(await opens({ header: Buffer.concat([header, Buffer.from([0])]), body })).toBe('malformed');
    const given = new BodyOpener(key, header, context).plaintext(chunksOf(Buffer.concat([body, body])));
    await expect(given.next()).rejects.toThrow(/Bytes follow the end/);
  });

  it('with frames left out, doubled or in another order', async () => {
    const { header, body } = smallFrames(Buffer.from('aaaabbbbccccdd'));
    const frame = (n: number): Buffer => body.subarray(n * 36, (n + 1) * 36);
    const final = body.subarray(3 * 36);
    const orders = [
      [1, 0, 2],
      [0, 2, 1],
      [0, 2],
      [0, 0, 1, 2],
      [1, 2],
    ];
    for (const order of orders) {
      expect(await opens({ header, body: Buffer.concat([...order.map(frame), final]) })).toBe('malformed');
    }
    expect(await opens({ header, body: Buffer.concat([frame(0), frame(1), frame(2), final]) })).toBeUndefined();
  });

  it('without frames, or with frames longer than are held in memory: a whole message is opened for those', async () => {
    const unframed = splitMessage(unframedMessage(key, content, context));
    expect(await opens(unframed)).toBe('unsupported');
    expect(await opens(smallFrames(content, MAX_STREAMED_FRAME_LENGTH + 1))).toBe('unsupported');
    expect(await opens(smallFrames(content, MAX_STREAMED_FRAME_LENGTH))).toBeUndefined();
  });
});

describe('the source of the chunks', () => {
  it('is closed when the reader leaves, or when a frame is refused', async () => {
    const { header, body } = await sealFile(key, content, context);
    for (const bytes of [body, Buffer.alloc(body.length)]) {
      let closed = false;
      const source = async function* (): AsyncGenerator<Uint8Array> {
        try {
          yield bytes.subarray(0, FRAME * 2);
          yield bytes.subarray(FRAME * 2);
        } finally {
          closed = true;
        }
      };
      const plaintext = new BodyOpener(key, header, context).plaintext(source());
      await plaintext.next().catch(() => undefined);
      await plaintext.return();
      expect(closed).toBe(true);
    }
  });

  it('fails the reading when it fails', async () => {
    const { header, body } = await sealFile(key, content, context);
    const source = async function* (): AsyncGenerator<Uint8Array> {
      yield body.subarray(0, FRAME);
      throw new Error('the database is gone');
    };
    await expect(joined(new BodyOpener(key, header, context).plaintext(source()))).rejects.toThrow('database is gone');
  });
});
