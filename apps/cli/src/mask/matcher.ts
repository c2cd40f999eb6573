import type { Automaton } from './automaton.ts';

/** Marks bytes of the stream, from one position to before another. */
export type Mark = (from: number, to: number) => void;

/**
 * Finds patterns in what a stream means, where one byte of the meaning can be written with several: `%41` is an A. Each byte
 * comes with where it stands in the stream, and what is found is marked there.
 */
export class Matcher {
  protected readonly mark: Mark;
  readonly #automaton: Automaton;
  /** Where each of the last bytes began, by number modulo the length. */
  readonly #starts: Float64Array;
  #count = 0;
  #node: number;

  constructor(automaton: Automaton, mark: Mark) {
    this.mark = mark;
    this.#automaton = automaton;
    this.#node = automaton.root;
    this.#starts = new Float64Array(automaton.longestPattern + 1);
  }

  /** How many of the last bytes may be the beginning of a pattern. */
  get depth(): number {
    return this.#automaton.depth(this.#node);
  }

  /** Whether that is at most half of any pattern. */
  get isSmallPart(): boolean {
    return this.#automaton.isSmallPart(this.#node);
  }

  /** Whether no pattern begins with this byte. */
  protected beginsNothing(byte: number): boolean {
    return this.#automaton.step(this.#automaton.root, byte) === this.#automaton.root;
  }

  /** Takes a byte that stands from `start` to before `end`. @returns how many bytes, with this one, are a pattern. */
  protected feed(byte: number, start: number, end: number): number {
    this.#node = this.#automaton.step(this.#node, byte);
    if (this.#node === this.#automaton.root) return 0;
    this.#starts[this.#count % this.#starts.length] = start;
    this.#count += 1;
    const matched = this.#automaton.matched(this.#node);
    if (matched > 0) this.mark(this.startOf(matched), end);
    return matched;
  }

  /** Where the last `length` bytes begin, of those that a pattern may have. */
  protected startOf(length: number): number {
    return this.#starts[this.#slot(length)] ?? 0;
  }

  #slot(length: number): number {
    return (this.#count - Math.min(length, this.#count)) % this.#starts.length;
  }
}
