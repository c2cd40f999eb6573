import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EncryptionContext, encodeContext } from './encryption-context.ts';
import { contexts } from './test-support/arbitraries.ts';
import { thrownCode } from './test-support/thrown-code.ts';

/** The pairs that encoded bytes stand for, in their order, read by the length prefixes alone. */
function decode(bytes: Buffer): [string, string][] {
  const pairs: [string, string][] = [];
  let offset = 2;
  const next = (): string => {
    const length = bytes.readUInt16BE(offset);
    offset += 2 + length;
    return bytes.toString('utf8', offset - length, offset);
  };
  while (offset < bytes.length) pairs.push([next(), next()]);
  expect(pairs).toHaveLength(bytes.length === 0 ? 0 : bytes.readUInt16BE(0));
  return pairs;
}

const sameEntries = (a: EncryptionContext, b: EncryptionContext): boolean => {
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return left.size === right.size && [...left].every(([key, value]) => right.get(key) === value);
};

describe('encoding an encryption context', () => {
  it('can be undone, so no two contexts share their bytes', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        expect(new Map(decode(encodeContext(context)))).toEqual(new Map(Object.entries(context)));
      }),
      { numRuns: 1000 },
    );
  });

  it('tells apart contexts that look like each other', () => {
    // Few letters, among them bytes that could be taken for lengths and counts.
    const text = fc.string({ unit: fc.constantFrom('a', '\0', '\x01', '\x02'), maxLength: 3 });
    const small = fc.dictionary(text, text, { maxKeys: 2 });
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(encodeContext(a).equals(encodeContext(b))).toBe(sameEntries(a, b));
      }),
      { numRuns: 5000 },
    );
  });

  it('sorts by UTF-8 bytes, which is not the order of JavaScript strings', () => {
    // U+FF5E is EF BD 9E and U+1F511 is F0 9F 94 91; as UTF-16 the second starts with D83D and comes first.
    const keys = decode(encodeContext({ '\u{1f511}': '', '\uff5e': '', b: '', a: '', ab: '', B: '' })).map(
      ([key]) => key,
    );
    expect(keys).toEqual(['B', 'a', 'ab', 'b', '\uff5e', '\u{1f511}']);
  });

  it('writes the documented bytes', () => {
    expect(encodeContext({}).toString('hex')).toBe('');
    expect(encodeContext({ k: 'é' }).toString('hex')).toBe('000100016b0002c3a9');
  });

  it('keeps normalization forms apart', () => {
    expect(encodeContext({ k: '\u00e9' }).equals(encodeContext({ k: 'e\u0301' }))).toBe(false);
  });

  it.each([
    ['half a surrogate pair in a key', { '\ud83d': '' }],
    ['half a surrogate pair in a value', { k: '\udd11' }],
    ['a reserved key', { 'aws-crypto-public-key': '' }],
    ['a long value', { k: 'x'.repeat(65_536) }],
    ['too much in all', { a: 'x'.repeat(40_000), b: 'x'.repeat(40_000) }],
  ])('refuses %s', (_, context) => {
    expect(thrownCode(() => encodeContext(context))).toBe('unsupported');
  });

  it('takes the most that the format can hold', () => {
    expect(encodeContext({ k: 'x'.repeat(65_535 - 7) })).toHaveLength(65_535);
    expect(thrownCode(() => encodeContext({ k: 'x'.repeat(65_535 - 6) }))).toBe('unsupported');
  });
});
