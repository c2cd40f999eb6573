import { type Escape, EscapeView } from './escape-view.ts';
import { hexDigit } from './view.ts';

const BACKSLASH = 0x5c;
const NAMED = new Map([...'bfnrt'].map((letter) => [letter.charCodeAt(0), JSON.parse(`"\\${letter}"`).charCodeAt(0)]));
const [LETTER_U, LETTER_X] = [0x75, 0x78];
const DIGITS_OF_U = 4;

/**
 * Text in a JSON string, and in those of most languages and shells: `\n`, `\"`, `\/`, `\u00e9`, also as a pair of surrogates,
 * `\x41`; any other escaped byte is itself.
 */
export class BackslashView extends EscapeView {
  protected override readonly introducer = BACKSLASH;

  protected override read(written: readonly number[]): Escape {
    const [, kind, ...digits] = written;
    if (kind === undefined) return 'unfinished';
    if (kind === LETTER_U) return unicode(digits);
    if (kind !== LETTER_X) return [NAMED.get(kind) ?? kind];
    if (digits.some((digit) => hexDigit(digit) < 0)) return 'none';
    return digits.length < 2 ? 'unfinished' : [number(digits)];
  }
}

const number = (digits: readonly number[]) => digits.reduce((sum, digit) => sum * 16 + hexDigit(digit), 0);

/** The UTF-8 of `\uXXXX`, or of two of them that are one character. */
function unicode(digits: readonly number[]): Escape {
  const first = digits.slice(0, DIGITS_OF_U);
  if (first.some((digit) => hexDigit(digit) < 0)) return 'none';
  if (first.length < DIGITS_OF_U) return 'unfinished';
  const high = number(first);
  if (high < 0xd800 || high > 0xdbff) return [...Buffer.from(String.fromCharCode(high))];
  const [backslash = BACKSLASH, letter = LETTER_U, ...second] = digits.slice(DIGITS_OF_U);
  if (backslash !== BACKSLASH || letter !== LETTER_U || second.some((digit) => hexDigit(digit) < 0)) return 'none';
  return second.length < DIGITS_OF_U ? 'unfinished' : [...Buffer.from(String.fromCharCode(high, number(second)))];
}
