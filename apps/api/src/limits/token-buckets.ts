/** How much each client may do. */
export interface Allowance {
  /** Sustained, and at once after a pause. */
  readonly perMinute: number;
}

interface Bucket {
  tokens: number;
  /** When `tokens` was right, in milliseconds of the monotonic clock. */
  at: number;
}

const MINUTE_MS = 60_000;
/** A token, as far as a sum of fractions can tell. */
const ONE = 1 - 1e-6;
/** About 2 MB; of more clients than this, those that came first begin anew. */
const KEEP_AT_MOST = 20_000;

/** Counts what each client does, and says how long it has to wait once it did too much. Memory is bounded. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #perMinute: number;
  readonly #now: () => number;

  /** @param now milliseconds of a clock that never goes back. */
  constructor({ perMinute }: Allowance, now: () => number = () => performance.now()) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Counts one. @returns 0 when it is within the allowance, else the seconds after which it is, at least 1. */
  take(client: string): number {
    const bucket = this.#bucketOf(client);
    if (bucket.tokens < ONE) return this.#secondsUntilOne(bucket);
    bucket.tokens -= 1;
    return 0;
  }

  /** The same without counting. */
  secondsToWait(client: string): number {
    if (!this.#buckets.has(client)) return 0;
    const bucket = this.#bucketOf(client);
    return bucket.tokens < ONE ? this.#secondsUntilOne(bucket) : 0;
  }

  /** How many clients are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  #secondsUntilOne({ tokens }: Bucket): number {
    return Math.ceil(((ONE - tokens) / this.#perMinute) * 60);
  }

  #bucketOf(client: string): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(client);
    if (bucket) {
      const refilled = ((now - bucket.at) / MINUTE_MS) * this.#perMinute;
      bucket.tokens = Math.min(this.#perMinute, bucket.tokens + refilled);
      bucket.at = now;
      return bucket;
    }
    if (this.#buckets.size >= KEEP_AT_MOST) this.#makeRoom(now);
    const full = { tokens: this.#perMinute, at: now };
    this.#buckets.set(client, full);
    return full;
  }

  /** Forgets whoever was quiet for a minute and so would start with a full bucket anyway; else the oldest tenth. */
  #makeRoom(now: number): void {
    for (const [client, { at }] of this.#buckets) if (now - at >= MINUTE_MS) this.#buckets.delete(client);
    let surplus = this.#buckets.size - KEEP_AT_MOST * 0.9;
    for (const client of this.#buckets.keys()) {
      if (surplus <= 0) return;
      this.#buckets.delete(client);
      surplus -= 1;
    }
  }
}
