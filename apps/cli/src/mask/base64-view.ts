import { Matcher } from './matcher.ts';
import { NOTHING_HELD, type View } from './view.ts';

const [CARRIAGE_RETURN, LINE_FEED, EQUALS] = [0x0d, 0x0a, 0x3d];
const LETTERS = /^[A-Za-z0-9+/]$/;
/** The URL alphabet (RFC 4648, section 5) has `-` and `_` for `+` and `/`. */
const STANDARD_OF = new Map([
  [0x2d, 0x2b],
  [0x5f, 0x2f],
]);
const IN_STANDARD = Uint8Array.from({ length: 256 }, (_, byte) => STANDARD_OF.get(byte) ?? byte);
const IS_LETTER = Array.from({ length: 256 }, (_, byte) => LETTERS.test(String.fromCharCode(byte)));

/** From how many characters of a value on it is held at a line break, because it may go on in the next line. */
const HELD_AT_BREAK = 4;

/**
 * Base64 in either alphabet, also broken into lines. The character behind a match, which may have its last bits, and the padding
 * are marked with it. The one before it, with two or four bits of the first byte, is not: to wait for what follows every
 * letter would delay all output.
 */
export class Base64View extends Matcher implements View {
  #afterBreak = false;
  /** What may belong to a match that is over: one more character, or only padding. */
  #tail: 'none' | 'character' | 'padding' = 'none';

  push(byte: number, position: number): void {
    this.#afterBreak = byte === CARRIAGE_RETURN || byte === LINE_FEED;
    if (this.#afterBreak) {
      this.#tail = 'none';
      return;
    }
    const standard = IN_STANDARD[byte] ?? byte;
    this.#markTail(standard, position);
    if (this.feed(standard, position, position + 1) > 0) this.#tail = 'character';
  }

  get isResting(): boolean {
    return this.depth === 0 && this.#tail === 'none';
  }

  ignores(byte: number): boolean {
    return this.beginsNothing(IN_STANDARD[byte] ?? byte);
  }

  get holdFrom(): number {
    const { depth } = this;
    if (depth === 0 || (this.#afterBreak && depth < HELD_AT_BREAK)) return NOTHING_HELD;
    return this.startOf(depth);
  }

  #markTail(byte: number, position: number): void {
    if (this.#tail === 'none') return;
    const belongs = byte === EQUALS || (this.#tail === 'character' && isLetter(byte));
    if (belongs) this.mark(position, position + 1);
    this.#tail = belongs ? 'padding' : 'none';
  }
}

function isLetter(byte: number): boolean {
  return IS_LETTER[byte] === true;
}
