import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EnvelopeError } from './envelope-error.ts';
import { MAX_PLAINTEXT_BYTES } from './limits.ts';
import { MasterKey } from './master-key.ts';
import { open, seal } from './seal.ts';
import { contexts, plaintexts } from './test-support/arbitraries.ts';
import { thrownCode } from './test-support/thrown-code.ts';

const key = MasterKey.generate();
const context = { account: 'default', secret: 'account.db_password', version: '1' };
const plaintext = Buffer.from('canary-value-of-a-secret');
const sample = seal(key, plaintext, context);

describe('a sealed value', () => {
  it('opens under its key and context, whatever they are', () => {
    fc.assert(
      fc.property(plaintexts, contexts, (value, bound) => {
        expect(Buffer.compare(open(key, seal(key, value, bound), bound), value)).toBe(0);
      }),
    );
  });

  it('opens with the context in another order of keys', () => {
    const reordered = { version: '1', secret: 'account.db_password', account: 'default' };
    expect(Buffer.from(open(key, sample, reordered)).equals(plaintext)).toBe(true);
  });

  it('may be empty', () => {
    expect(open(key, seal(key, new Uint8Array(), context), context)).toHaveLength(0);
  });

  it('may be as large as the limit, and no larger', () => {
    const largest = Buffer.alloc(MAX_PLAINTEXT_BYTES, 'x');
    expect(largest.equals(open(key, seal(key, largest, context), context))).toBe(true);
    expect(thrownCode(() => seal(key, Buffer.alloc(MAX_PLAINTEXT_BYTES + 1), context))).toBe('unsupported');
  });

  it('is another message each time', () => {
    expect(Buffer.compare(seal(key, plaintext, context), sample)).not.toBe(0);
  });

  it.each([0, 1, 24, 70_000])('of %i bytes opens into memory that nothing else shares', (length) => {
    const opened = open(key, seal(key, Buffer.alloc(length, 7), context), context);
    expect(opened.buffer.byteLength).toBe(length);
  });
});

describe('opening refuses', () => {
  it('a copy under another context', () => {
    for (const other of [{}, { ...context, version: '2' }, { ...context, extra: '' }, { account: 'default' }]) {
      expect(thrownCode(() => open(key, sample, other))).toBe('context-mismatch');
    }
  });

  it('a copy whose context was rewritten to the expected one', () => {
    const forged = Buffer.from(Buffer.from(sample).toString('latin1').replace('db_password', 'db_passw0rd'), 'latin1');
    expect(forged.equals(sample)).toBe(false);
    expect(thrownCode(() => open(key, forged, { ...context, secret: 'account.db_passw0rd' }))).toBe('not-authentic');
  });

  it('another key', () => {
    expect(thrownCode(() => open(MasterKey.generate(), sample, context))).toBe('wrong-key');
  });

  it('every flip of a single bit', () => {
    for (let bit = 0; bit < sample.length * 8; bit += 1) {
      const flipped = Buffer.from(sample);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(
        thrownCode(() => open(key, flipped, context)),
        `bit ${bit}`,
      ).toBeDefined();
    }
  });

  it('a message cut short at any length', () => {
    for (let length = 0; length < sample.length; length += 1) {
      expect(
        thrownCode(() => open(key, sample.subarray(0, length), context)),
        `${length} bytes`,
      ).toBe('malformed');
    }
  });

  it('bytes after the end', () => {
    expect(thrownCode(() => open(key, Buffer.concat([sample, Buffer.from([0])]), context))).toBe('malformed');
    expect(thrownCode(() => open(key, Buffer.concat([sample, sample]), context))).toBe('malformed');
  });

  it('another version and another algorithm suite', () => {
    for (const [offset, value] of [
      [0, 1],
      [0, 3],
      [1, 0x05],
      [2, 0x14],
    ] as const) {
      const changed = Buffer.from(sample);
      changed.writeUInt8(value, offset);
      expect(thrownCode(() => open(key, changed, context))).toBe('unsupported');
    }
  });

  it('base64 that was not decoded, with a hint', () => {
    const text = Buffer.from(Buffer.from(sample).toString('base64'));
    expect(() => open(key, text, context)).toThrow(/looks like base64/);
  });

  it('noise, always with a typed error', () => {
    const start = fc.integer({ min: 0, max: sample.length });
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 0, max: 40 }), (at, noise, removed) => {
        const spliced = Buffer.concat([sample.subarray(0, at), noise, sample.subarray(at + removed)]);
        fc.pre(!spliced.equals(sample));
        expect(thrownCode(() => open(key, spliced, context))).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });
});

it('an error shows neither the value nor the key', () => {
  const secrets = [plaintext.toString(), plaintext.toString('base64'), plaintext.toString('hex'), key.exportBase64()];
  const failures = [
    () => open(key, sample.subarray(0, -1), context),
    () => open(key, Buffer.concat([sample.subarray(0, -1), Buffer.from([0, 0])]), context),
    () => open(key, seal(key, plaintext, {}), context),
    () => MasterKey.fromBase64(`${key.exportBase64()}AA==`),
  ];
  for (const failure of failures) {
    let caught: unknown;
    try {
      failure();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(EnvelopeError);
    const shown = inspect(caught, { depth: 9, showHidden: true }) + JSON.stringify(caught);
    for (const secret of secrets) expect(shown).not.toContain(secret);
  }
});
