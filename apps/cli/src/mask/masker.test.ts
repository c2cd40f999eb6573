import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK, Masker, maskPatterns } from './masker.ts';

/** What comes out for these chunks. */
function masked(values: readonly string[], chunks: readonly Uint8Array[]): Buffer {
  const masker = new Masker(maskPatterns(values));
  return Buffer.concat([...chunks.map((chunk) => masker.push(chunk)), masker.end()]);
}

const maskedText = (value: string, text: string) => masked([value], [Buffer.from(text)]).toString();

/** Cuts bytes where the numbers say. */
function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const borders = [0, ...at.map((number) => number % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
}

const base64Of = (bytes: Buffer) => bytes.toString('base64');
const withUrlAlphabet = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_');
const percentAll = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const jsonAscii = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Every way in which a value may be written, between other text. */
const WAYS: Record<string, (value: string, before: string) => string> = {
  plain: (value) => value,
  'with the line ends of a terminal': (value) => value.replace(/\r?\n/g, '\r\n'),
  'in a URL': (value) => encodeURIComponent(value),
  'in a form': (value) => new URLSearchParams({ v: value }).toString().slice(2),
  'with every byte escaped for a URL': percentAll,
  'in lower case for a URL': (value) => encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()),
  'in JSON': (value) => JSON.stringify(value),
  'in JSON of ASCII characters': jsonAscii,
  'in JSON with escaped slashes': (value) => JSON.stringify(value).replaceAll('/', '\\/'),
  'in base64': (value) => base64Of(Buffer.from(value)),
  'in base64 behind one byte': (value) => base64Of(Buffer.from(`:${value}`)),
  'in base64 behind two bytes': (value) => base64Of(Buffer.from(`u:${value}`)),
  'in base64 between others': (value, before) => base64Of(Buffer.from(`${before}${value}${before}`)),
  'in base64 of URLs': (value, before) => withUrlAlphabet(base64Of(Buffer.from(`${before}${value}`))),
  'in base64 without padding': (value, before) => base64Of(Buffer.from(`${before}${value}`)).replaceAll('=', ''),
};

/** Whatever tells the value to somebody who looks. */
function leaks(output: string, value: string): boolean {
  const joined = output.replace(/\\\/|\r|\n/g, (one) => (one === '\\/' ? '/' : ''));
  const flat = value.replace(/\r|\n/g, '');
  const core = [0, 1, 2].map((before) => {
    const text = base64Of(Buffer.concat([Buffer.alloc(before), Buffer.from(value)]));
    return text.slice(Math.ceil((8 * before) / 6), Math.floor((8 * (before + Buffer.byteLength(value))) / 6));
  });
  const written = Object.values(WAYS)
    .slice(0, 9)
    .map((way) => way(value, '').replace(/^"|"$/g, ''));
  return [flat, ...written, ...core, ...core.map(withUrlAlphabet)].some((form) => joined.includes(form));
}

const secretValue = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 4, maxLength: 90 }),
    fc.string({ unit: 'binary-ascii', minLength: 4, maxLength: 200 }),
    fc.base64String({ minLength: 8, maxLength: 80 }),
    fc
      .array(fc.base64String({ minLength: 12, maxLength: 64 }), { minLength: 2, maxLength: 5 })
      .map((l) => l.join('\n')),
  )
  .filter((value) => !/\p{Surrogate}/u.test(value) && value.trim() === value && new Set(value).size > 3);

describe('the masker', () => {
  it.each(Object.entries(WAYS))('lets no value out that stands %s, however the output is cut', (_name, way) => {
    fc.assert(
      fc.property(secretValue, fc.string(), fc.array(fc.nat()), (value, around, at) => {
        const bytes = Buffer.from(`${around} ${way(value, around)} ${around}`);
        const output = masked([value], cut(bytes, at)).toString();
        expect(output).toContain(MASK);
        fc.pre(!leaks(`${around}${MASK}${around}`, value));
        expect(leaks(output, value)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same output however it is cut', () => {
    const piece = fc.oneof(
      fc.constantFrom('secret-value', 'sec', 'ret-value', '%', '%7', '\\', '\\u00', '\n'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat()), (pieces, at) => {
        const bytes = Buffer.from(pieces.join(''));
        const values = ['secret-value', 'value\nof lines', 'alphabet'];
        expect(masked(values, cut(bytes, at))).toEqual(masked(values, [bytes]));
      }),
      { numRuns: 1000 },
    );
  });

  it('changes no byte of output that has no value in it', () => {
    const value = 'Zq9-no/such+value';
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.array(fc.nat()), (bytes, at) => {
        expect(masked([value], cut(bytes, at))).toEqual(Buffer.from(bytes));
      }),
    );
    const everyByte = Buffer.from(Array.from({ length: 512 }, (_, index) => index));
    expect(masked([value], [everyByte])).toEqual(everyByte);
  });

  it('masks exactly the value, and the rest of the line stays', () => {
    expect(maskedText('hunter2!', 'password=hunter2! user=me\n')).toBe('password=*** user=me\n');
    expect(maskedText('hunter2!', 'hunter2!hunter2!')).toBe(MASK);
    expect(maskedText('a "b" c', '{"key":"a \\"b\\" c"}')).toBe('{"key":"***"}');
    expect(maskedText('a b/c?', 'https://x/?q=a%20b%2Fc%3F&r=1')).toBe('https://x/?q=***&r=1');
  });

  it('masks base64 with its padding and with the character that has its last bits', () => {
    const basic = base64Of(Buffer.from('user:hunter2!'));
    expect(maskedText('hunter2!', `Authorization: Basic ${basic}\n`)).toBe('Authorization: Basic dXNlcjp***\n');
    expect(maskedText('hunter2!', `${base64Of(Buffer.from('hunter2!'))}\nnext`)).toBe(`${MASK}\nnext`);
  });

  it('masks base64 that is broken into lines', () => {
    const value =
      'A long value of many bytes, which no line of base64 has room for, and which is broken into two of them.';
    const lines = base64Of(Buffer.from(value)).replace(/.{76}/g, '$&\n');
    expect(maskedText(value, `${lines}\n`)).toBe(`${MASK}\n`);
  });

  it('masks a part of a long value, and a line of one with several', () => {
    const long = Array.from({ length: 40 }, (_, index) => `part${index}`).join('-');
    expect(maskedText(long, long.slice(0, 130))).toBe(`${MASK}${long.slice(128, 130)}`);
    expect(maskedText('first line\nsecond line', 'only the second line here')).toBe('only the *** here');
  });

  it('masks a value that begins in another, and those that overlap', () => {
    const values = ['abcdef', 'defghi', 'cdefgh'];
    expect(masked(values, [Buffer.from('xabcdefghiy')]).toString()).toBe('x***y');
    expect(masked(values, [Buffer.from('xabcdegy')]).toString()).toBe('xabcdegy');
  });

  it('does not look for values of fewer than four characters', () => {
    expect(maskedText('abc', 'abc')).toBe('abc');
    expect(maskedText('abcd', 'abcd')).toBe(MASK);
  });

  it('holds back only what may become a value, and shows a small part of one when nothing follows', () => {
    const masker = new Masker(maskPatterns(['secret-value']));
    expect(masker.push(Buffer.from('Enter the se')).toString()).toBe('Enter the ');
    expect(masker.isHolding).toBe(true);
    expect(masker.idle().toString()).toBe('se');
    expect(masker.push(Buffer.from('ed: secret-v')).toString()).toBe('ed: ');
    expect(masker.idle().toString()).toBe('');
    expect(masker.push(Buffer.from('alue\n')).toString()).toBe('***\n');
    // What was shown cannot be taken back, but the rest is masked.
    masker.push(Buffer.from('secr'));
    expect(masker.idle().toString()).toBe('secr');
    expect(masker.push(Buffer.from('et-value\n')).toString()).toBe('***\n');
  });

  it('does not hold back a line for base64 that might go on in the next', () => {
    const masker = new Masker(maskPatterns(['secret-value']));
    expect(masker.push(Buffer.from('ends in c\n')).toString()).toBe('ends in c\n');
  });
});
