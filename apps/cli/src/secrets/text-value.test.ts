import { describe, expect, it } from 'vitest';
import { textValue } from './text-value.ts';

const given = (text: string, exact = false) => textValue(Buffer.from(text), exact);

describe('what is given as the value of a secret', () => {
  it('loses the line break at the end of a single line', () => {
    expect(given('a token\n')).toBe('a token');
    expect(given('a token\r\n')).toBe('a token');
    expect(given(' a token ')).toBe(' a token ');
    expect(given('a token\n', true)).toBe('a token\n');
  });

  it('stays as it is where it has several lines', () => {
    const pem = '-----BEGIN X-----\nabc\n-----END X-----\n';
    expect(given(pem)).toBe(pem);
    expect(given('a\n\n')).toBe('a\n\n');
  });

  it('is refused where it is empty, too long, or no text', () => {
    expect(() => given('\n')).toThrow('empty');
    expect(() => given('')).toThrow('empty');
    expect(() => given('x'.repeat(1024 * 1024 + 1))).toThrow('files put');
    expect(() => textValue(Buffer.from([0xff, 0xfe]), false)).toThrow('files put');
  });
});
