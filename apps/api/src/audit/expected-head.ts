import type { BrokenAt } from '@wardline/contracts';
import type { ChainHead } from './chain.ts';
import { brokenAt } from './check-event.ts';

/**
 * A head that someone noted earlier, as `hash` or `number:hash`, to be met again in the chain. The hash covers all
 * events up to its own, so where it is met, none of those was rolled back.
 */
export class ExpectedHead {
  readonly #seq: number | undefined;
  readonly #hash: string | undefined;
  #met = false;

  constructor(text: string | undefined) {
    const [hash, seq] = (text ?? '').split(':').toReversed();
    this.#hash = hash || undefined;
    this.#seq = seq === undefined ? undefined : Number(seq);
  }

  see({ seq, hash }: ChainHead): void {
    if (hash === this.#hash && (this.#seq === undefined || this.#seq === seq)) this.#met = true;
  }

  /** What is wrong once the whole chain was seen. @param firstSeq the first event that is kept. */
  problem(firstSeq: number): BrokenAt | undefined {
    if (this.#hash === undefined || this.#met) return undefined;
    const pruned =
      firstSeq > 1 ? `If it is older than event ${firstSeq}, retention has removed it: note a newer one.` : undefined;
    return brokenAt('expected-head-missing', this.#seq ?? 0, null, pruned);
  }
}
