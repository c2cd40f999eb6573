import { Transform, type TransformCallback } from 'node:stream';
import { Masker, type MaskPatterns } from './masker.ts';

/** After this time without output, what is held back is shown if it is a small part of a value: a prompt may end so. */
const IDLE_MS = 250;

/** Passes output on with the values masked. */
export class MaskStream extends Transform {
  readonly #masker: Masker;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  constructor(patterns: MaskPatterns) {
    super();
    this.#masker = new Masker(patterns);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#stopWaiting();
    const shown = this.#masker.push(chunk);
    if (this.#masker.isHolding) this.#timer = setTimeout(() => this.#lookOnceMore(), IDLE_MS);
    done(null, shown);
  }

  override _flush(done: TransformCallback): void {
    this.#stopWaiting();
    done(null, this.#masker.end());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#stopWaiting();
    done(error);
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  /** On a busy machine the time is over before what has come meanwhile is read. */
  #lookOnceMore(): void {
    this.#immediate = setImmediate(() => this.#showIdle());
  }

  #showIdle(): void {
    const shown = this.#masker.idle();
    if (shown.length > 0) this.push(shown);
  }
}
