import { Automaton } from './automaton.ts';
import { BackslashView } from './backslash-view.ts';
import { Base64View } from './base64-view.ts';
import { base64Patterns, textPatterns } from './patterns.ts';
import { PercentView } from './percent-view.ts';
import { PlainView } from './plain-view.ts';
import type { View } from './view.ts';

/** What stands in the place of a value. */
export const MASK = '***';
const MASK_BYTES = Buffer.from(MASK);

/** The patterns of some values, made once and used by any number of streams. */
export interface MaskPatterns {
  readonly text: Automaton;
  readonly base64: Automaton;
}

/** Values shorter than `SHORTEST_MASKED` have no pattern. */
export function maskPatterns(values: readonly string[]): MaskPatterns {
  return { text: new Automaton(textPatterns(values)), base64: new Automaton(base64Patterns(values)) };
}

/**
 * Masks values in a stream of bytes: as they are, in base64, escaped as in URLs and in JSON. What comes out depends on the bytes
 * alone, not on how they are cut into chunks, {@link Masker.idle} excepted. Every byte that is no part of a value comes out
 * as it went in, whatever the bytes are.
 */
export class Masker {
  readonly #plain: PlainView;
  readonly #percent: PercentView;
  readonly #backslash: BackslashView;
  readonly #base64: Base64View;
  /** By byte: whether no view minds it while all rest. Most of an output is passed over so. */
  readonly #isIgnored: readonly boolean[];
  #isResting = true;
  #pending = Buffer.alloc(0);
  #marks = new Uint8Array(0);
  /** Position of the first pending byte in the stream. */
  #base = 0;
  /** Before it, what was not marked is public: a later find marks only what is behind it. */
  #public = 0;
  #lastWasMasked = false;

  constructor({ text, base64 }: MaskPatterns) {
    const mark = (from: number, to: number) =>
      void this.#marks.fill(1, Math.max(from, this.#public) - this.#base, to - this.#base);
    this.#plain = new PlainView(text, mark);
    this.#percent = new PercentView(text, mark);
    this.#backslash = new BackslashView(text, mark);
    this.#base64 = new Base64View(base64, mark);
    this.#isIgnored = Array.from({ length: 256 }, (_, byte) => this.#views.every((view) => view.ignores(byte)));
  }

  get #views(): readonly View[] {
    return [this.#plain, this.#percent, this.#backslash, this.#base64];
  }

  /** Takes what was written. @returns what can be shown: all that cannot become part of a value. */
  push(chunk: Uint8Array): Buffer {
    const known = this.#pending.length;
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const marks = new Uint8Array(this.#pending.length);
    marks.set(this.#marks);
    this.#marks = marks;
    for (let index = known; index < this.#pending.length; index += 1) {
      const byte = this.#pending[index] ?? 0;
      if (!this.#isResting || !this.#isIgnored[byte]) this.#take(byte, this.#base + index);
    }
    if (this.#isResting) this.#public = this.#base + this.#pending.length;
    return this.#show(this.#public);
  }

  /** @returns what is held back and at most half of any value; called when nothing was written for a while. */
  idle(): Buffer {
    const mayShow = this.#views.every((view) => view.isSmallPart);
    return mayShow ? this.end() : Buffer.alloc(0);
  }

  /** @returns the rest, when nothing more comes. */
  end(): Buffer {
    this.#public = this.#base + this.#pending.length;
    return this.#show(this.#public);
  }

  /** Whether something is held back. */
  get isHolding(): boolean {
    return this.#pending.length > 0;
  }

  /** The views one by one: in a loop over them the engine would look up each call for each byte. */
  #take(byte: number, position: number): void {
    this.#plain.push(byte, position);
    this.#percent.push(byte, position);
    this.#backslash.push(byte, position);
    this.#base64.push(byte, position);
    this.#isResting =
      this.#plain.isResting && this.#percent.isResting && this.#backslash.isResting && this.#base64.isResting;
    const holdFrom = Math.min(
      this.#plain.holdFrom,
      this.#percent.holdFrom,
      this.#backslash.holdFrom,
      this.#base64.holdFrom,
      position + 1,
    );
    this.#public = Math.max(this.#public, holdFrom);
  }

  /** Takes the bytes before a position out of what is pending; those in a row that are marked become one mask. */
  #show(before: number): Buffer {
    const length = before - this.#base;
    const shown: Uint8Array[] = [];
    for (let start = 0; start < length; ) {
      const isMasked = this.#marks[start] === 1;
      let end = this.#marks.indexOf(isMasked ? 0 : 1, start);
      if (end < 0 || end > length) end = length;
      if (!isMasked) shown.push(this.#pending.subarray(start, end));
      else if (start > 0 || !this.#lastWasMasked) shown.push(MASK_BYTES);
      this.#lastWasMasked = isMasked;
      start = end;
    }
    this.#pending = this.#pending.subarray(length);
    this.#marks = this.#marks.subarray(length);
    this.#base = before;
    return Buffer.concat(shown);
  }
}
