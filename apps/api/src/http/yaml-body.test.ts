import { describe, expect, it } from 'vitest';
import { parseYaml } from './yaml-body.ts';

const LIMIT = 64 * 1024;

/** The message of the refusal. */
function refusal(text: string): string {
  try {
    parseYaml(text, LIMIT);
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_REQUEST' });
    if (error instanceof Error) return error.message;
  }
  throw new Error('it was taken');
}

describe('a YAML body', () => {
  it('is read, with aliases', () => {
    const text = 'base: &base { a: 1 }\nother: *base\ntext: |\n  two\n  lines\n';
    expect(parseYaml(text, LIMIT)).toEqual({ base: { a: 1 }, other: { a: 1 }, text: 'two\nlines\n' });
  });

  it.each([
    ['a: 1\nb: "hunter2', 'line 2, column 12: something is missing'],
    ['a: 1\n\tb: hunter2', 'line 2, column 1: a tab can not indent'],
    ['a: hunter2: 2', 'line 1, column 4: a text with “: ” in it has to be in quotes'],
    ['a: 1\n---\nb: hunter2', 'line 2, column 1: a second document begins'],
    ['? [hunter2]\n: 1', 'line 1, column 3: a key has to be a text'],
    ['a: %hunter2', 'line 1, column 4: a text can not begin with this character'],
  ])('that is none is refused with line and column, and nothing of it is repeated: %j', (text, expected) => {
    expect(refusal(text)).toContain(expected);
    expect(refusal(text)).not.toContain('hunter2');
  });

  it('has each key once, wherever it is', () => {
    expect(refusal('a:\n  hunter2: 1\n  hunter2: 2\n')).toBe(
      'body: The key at line 3, column 3 is there twice. Leave one of them out.',
    );
  });

  it('does not grow by its aliases', () => {
    const levels = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let n = 1; n < 12; n += 1)
      levels.push(
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      );
    expect(refusal(levels.join('\n'))).toContain('too many aliases');
    expect(refusal('a: *nowhere')).toContain('one without its anchor');
  });

  it('that is nested without end, or too long, is refused', () => {
    expect(refusal('['.repeat(LIMIT))).toContain('nested too deeply');
    expect(refusal('x'.repeat(LIMIT + 1))).toContain('at most 64 KiB');
  });

  it('can not reach the prototype of objects', () => {
    const read = parseYaml('__proto__: { polluted: yes }', LIMIT);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(Object(read))).toEqual(['__proto__']);
  });
});
