import { Matcher } from './matcher.ts';
import { NOTHING_HELD, type View } from './view.ts';

/** What a beginning of an escape is: unfinished, the bytes that it means (none while a surrogate waits for its other half), or no escape at all. */
export type Escape = 'unfinished' | 'none' | readonly number[];

/**
 * Bytes of which some are written as escapes. Which are, differs between programs, so what they mean is compared. A value that
 * is itself written like an escape is found by the plain view.
 */
export abstract class EscapeView extends Matcher implements View {
  /** The byte that each escape begins with. */
  protected abstract readonly introducer: number;
  #escape: number[] = [];
  #start = 0;

  /** What the bytes of an escape mean so far; the first is the introducer. */
  protected abstract read(written: readonly number[]): Escape;

  push(byte: number, position: number): void {
    if (this.#escape.length === 0 && byte !== this.introducer) {
      this.feed(byte, position, position + 1);
      return;
    }
    if (this.#escape.length === 0) this.#start = position;
    this.#escape.push(byte);
    const meaning = this.read(this.#escape);
    if (meaning === 'unfinished') return;
    const bytes = this.#escape;
    this.#escape = [];
    if (meaning === 'none') this.#asTheyAre(bytes);
    else for (const one of meaning) this.feed(one, this.#start, position + 1);
  }

  get isResting(): boolean {
    return this.depth === 0 && this.#escape.length === 0;
  }

  ignores(byte: number): boolean {
    return byte !== this.introducer && this.beginsNothing(byte);
  }

  get holdFrom(): number {
    if (this.depth > 0) return this.startOf(this.depth);
    // The introducer alone tells nothing: a progress of 42% is shown at once.
    return this.#escape.length > 1 ? this.#start : NOTHING_HELD;
  }

  /** It was no escape: the introducer is meant as it is, and the rest is read anew. */
  #asTheyAre([introducer, ...rest]: readonly number[]): void {
    const start = this.#start;
    if (introducer !== undefined) this.feed(introducer, start, start + 1);
    for (const [index, byte] of rest.entries()) this.push(byte, start + 1 + index);
  }
}
