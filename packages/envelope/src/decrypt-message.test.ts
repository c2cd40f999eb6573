import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decryptMessage } from './decrypt-message.ts';
import { encryptMessage } from './encrypt-message.ts';
import { encodeContext } from './encryption-context.ts';
import { MAX_ENCRYPTED_DATA_KEYS, MAX_MESSAGE_BYTES } from './limits.ts';
import { MasterKey } from './master-key.ts';
import { headerLength } from './message-header.ts';
import { thrownCode } from './test-support/thrown-code.ts';
import { unframedMessage } from './test-support/unframed-message.ts';

const key = MasterKey.generate();
const encryptionContext = encodeContext({ purpose: 'test' });
const dataKey = randomBytes(32);
const wrapped = key.wrapDataKey(dataKey, encryptionContext);
const plaintext = Buffer.from('aaaabbbbccccdd');
const encrypt = (encryptedDataKeys = [wrapped], frameLength = 4): Buffer =>
  encryptMessage({ plaintext, encryptionContext, dataKey, encryptedDataKeys, frameLength });
const decrypt = (message: Uint8Array): Buffer =>
  decryptMessage(message, (keys, context) => key.unwrapDataKey(keys, context), encryptionContext);

const headerEnd = headerLength(encryptionContext, [wrapped]) + 16;
const frameBytes = 4 + 12 + 4 + 16;

/** The header, the three whole frames and the final one of a message of four frames. */
function split(message: Buffer): Buffer[] {
  const frames = [0, 1, 2].map((index) => headerEnd + index * frameBytes);
  const ends = [...frames, headerEnd + 3 * frameBytes, message.length];
  return ends.map((end, index) => message.subarray(ends[index - 1] ?? 0, end));
}

describe('a message of several frames', () => {
  it('is read as one plaintext', () => {
    expect(decrypt(encrypt()).equals(plaintext)).toBe(true);
  });

  it('is refused with a frame left out, doubled, or out of order', () => {
    const [header, one, two, three, final] = split(encrypt()) as [Buffer, Buffer, Buffer, Buffer, Buffer];
    expect(decrypt(Buffer.concat([header, one, two, three, final])).equals(plaintext)).toBe(true);
    for (const frames of [
      [two, three, final],
      [one, three, final],
      [one, two, final],
      [one, one, two, three, final],
      [two, one, three, final],
      [one, two, three],
      [final],
    ]) {
      expect(thrownCode(() => decrypt(Buffer.concat([header, ...frames])))).toBe('malformed');
    }
  });

  it('is refused when a renumbered or foreign frame takes the place of one', () => {
    const [header, one, two, three, final] = split(encrypt()) as [Buffer, Buffer, Buffer, Buffer, Buffer];
    const renumbered = Buffer.from(two);
    renumbered.writeUInt32BE(1, 0);
    const [, foreign] = split(encrypt()) as [Buffer, Buffer];
    for (const first of [renumbered, foreign]) {
      expect(thrownCode(() => decrypt(Buffer.concat([header, first, two, three, final])))).toBe('not-authentic');
    }
    expect(decrypt(Buffer.concat([header, one, two, three, final])).equals(plaintext)).toBe(true);
  });
});

describe('data keys', () => {
  it('one message may have several, and one that fits is enough', () => {
    const other = MasterKey.generate().wrapDataKey(dataKey, encryptionContext);
    const damaged = { ...wrapped, ciphertext: Buffer.alloc(wrapped.ciphertext.length) };
    expect(decrypt(encrypt([other, damaged, wrapped])).equals(plaintext)).toBe(true);
    expect(thrownCode(() => decrypt(encrypt([other, damaged])))).toBe('not-authentic');
    expect(thrownCode(() => decrypt(encrypt([other])))).toBe('wrong-key');
  });

  it('a data key of another message is refused', () => {
    const unwrapAnother = (): Buffer => randomBytes(32);
    expect(thrownCode(() => decryptMessage(encrypt(), unwrapAnother, encryptionContext))).toBe('not-authentic');
  });

  it('a message that does not commit to its data key is refused, though every tag fits', () => {
    const committed = unframedMessage(key, plaintext, { purpose: 'test' });
    expect(decrypt(committed).equals(plaintext)).toBe(true);
    const uncommitted = unframedMessage(key, plaintext, { purpose: 'test' }, randomBytes(32));
    expect(thrownCode(() => decrypt(uncommitted))).toBe('not-authentic');
  });

  it('the unwrapped key is wiped, whether the message opens or not', () => {
    for (const [handedOut, opens] of [
      [Buffer.from(dataKey), true],
      [randomBytes(32), false],
    ] as const) {
      const code = thrownCode(() => decryptMessage(encrypt(), () => handedOut, encryptionContext));
      expect(code === undefined).toBe(opens);
      expect(handedOut.equals(Buffer.alloc(32))).toBe(true);
    }
  });

  it('more than the limit are neither written nor read', () => {
    const many = Array.from({ length: MAX_ENCRYPTED_DATA_KEYS + 1 }, () => wrapped);
    expect(decrypt(encrypt(many.slice(1))).equals(plaintext)).toBe(true);
    expect(thrownCode(() => encrypt(many))).toBe('unsupported');
    const claims = Buffer.from(encrypt());
    claims.writeUInt16BE(0xffff, 1 + 2 + 32 + 2 + encryptionContext.length);
    expect(thrownCode(() => decrypt(claims))).toBe('unsupported');
  });

  it('none at all, or one of another size, is refused', () => {
    expect(thrownCode(() => encrypt([]))).toBe('unsupported');
    const input = { plaintext, encryptionContext, dataKey: randomBytes(16), encryptedDataKeys: [wrapped] };
    expect(thrownCode(() => encryptMessage(input))).toBe('unsupported');
  });
});

describe('lengths that a hostile message claims', () => {
  it('a final frame of 4 GiB', () => {
    const message = encrypt([wrapped], 100);
    message.writeUInt32BE(0xffff_ffff, headerEnd + 4 + 4 + 12);
    expect(thrownCode(() => decrypt(message))).toBe('malformed');
  });

  it('a single block of 2^64 - 1 bytes', () => {
    const message = unframedMessage(key, plaintext, { purpose: 'test' });
    message.writeBigUInt64BE(0xffff_ffff_ffff_ffffn, headerEnd + 12);
    expect(thrownCode(() => decrypt(message))).toBe('malformed');
  });

  it('more than a message may have', () => {
    expect(thrownCode(() => decrypt(Buffer.alloc(MAX_MESSAGE_BYTES + 1)))).toBe('unsupported');
  });
});

it.each([0, -1, 1.5, Number.NaN, 2 ** 32])('a frame length of %d is refused', (frameLength) => {
  expect(thrownCode(() => encrypt([wrapped], frameLength))).toBe('unsupported');
});

it('a message that its frames would make larger than the limit is refused', () => {
  const large = {
    plaintext: Buffer.alloc(MAX_MESSAGE_BYTES / 16),
    encryptionContext,
    dataKey,
    encryptedDataKeys: [wrapped],
  };
  expect(thrownCode(() => encryptMessage({ ...large, frameLength: 1 }))).toBe('unsupported');
});
