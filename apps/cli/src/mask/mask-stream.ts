import { Transform, type TransformCallback } from 'node:stream';
import { Masker, type MaskPatterns } from './masker.ts';

/** After this time without output, what is held back is shown if it is a small part of a value: a prompt may end so. */
const IDLE_MS = 250;

/** Passes output on with the values masked. */
export class MaskStream extends Transform {
  readonly #masker: Masker;
  #timer: NodeJS.Timeout | undefined;

  constructor(patterns: MaskPatterns) {
    super();
    this.#masker = new Masker(patterns);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    clearTimeout(this.#timer);
    const shown = this.#masker.push(chunk);
    if (this.#masker.isHolding) this.#timer = setTimeout(() => this.#showIdle(), IDLE_MS);
    done(null, shown);
  }

  override _flush(done: TransformCallback): void {
    clearTimeout(this.#timer);
    done(null, this.#masker.end());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#timer);
    done(error);
  }

  #showIdle(): void {
    const shown = this.#masker.idle();
    if (shown.length > 0) this.push(shown);
  }
}
