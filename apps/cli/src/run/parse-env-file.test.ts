import { describe, expect, it } from 'vitest';
import { parseEnvFile } from './parse-env-file.ts';

const parsed = (text: string) => Object.fromEntries(parseEnvFile(text, 'shop.env'));

describe('an environment file', () => {
  it('has variables with and without quotes', () => {
    const text = [
      '# shop',
      '',
      'PLAIN=a b  # comment',
      'export EXPORTED = x',
      'HASH=a#b',
      'SINGLE=\'a \\n "b" # c\'',
      'DOUBLE="a\\n\\"b\\" \\\\" # comment',
      'EMPTY=',
      'URL=postgres://u:{{ secret "account.p" | url }}@h/d?x=y',
    ].join('\r\n');
    expect(parsed(text)).toEqual({
      PLAIN: 'a b',
      EXPORTED: 'x',
      HASH: 'a#b',
      SINGLE: 'a \\n "b" # c',
      DOUBLE: 'a\n"b" \\',
      EMPTY: '',
      URL: 'postgres://u:{{ secret "account.p" | url }}@h/d?x=y',
    });
  });

  it('names every line that is none, without repeating it', () => {
    const text = 'A=1\nno variable\n1A=x\nB="open\nC=\'open';
    expect(() => parsed(text)).toThrow(
      /^shop\.env cannot be read:\n {2}line 2: .*\n {2}line 3: .*\n {2}line 4: .*\n {2}line 5: /,
    );
    expect(() => parsed(text)).not.toThrow('open');
  });
});
