import { hash } from 'node:crypto';
import { clientNetwork } from './client-network.ts';
import { TokenBuckets } from './token-buckets.ts';

/** Wrong API keys that one client may send a minute before it is refused without a look at them. */
const FAILURES_PER_MINUTE = 30;
const KEEP_AT_MOST = 10_000;
/** A credential that was good stays out of the trouble that others at its address make for so long. */
const KNOWN_FOR_MS = 60 * 60_000;

/**
 * Failed attempts to prove an identity, by address: so that whoever sends garbage costs no query of the database
 * each time. It does not keep anyone from guessing, which 256 random bits do. In memory, bounded.
 *
 * For each request with an API key that is not known already (or with a cookie, which stands in place of the address):
 * 1. `blockedFor(address, credential)`; when not 0, refuse with {@link tooManyRequests}, without looking further.
 * 2. Look it up; then `failed(address, credential)` or `succeeded(credential)`.
 */
export class Attempts {
  readonly #failures: TokenBuckets;
  readonly #known = new Map<string, number>();
  readonly #now: () => number;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#failures = new TokenBuckets({ perMinute: FAILURES_PER_MINUTE }, now);
  }

  /**
   * How long the address may not try anything new, in seconds; 0 when it may.
   * @param credential what it sends: one that was good within the last hour is never blocked, because behind one
   * address there may be a company, or a proxy that is not named in `WARDLINE_TRUST_PROXY`.
   */
  blockedFor(address: string, credential: string): number {
    const seconds = this.#failures.secondsToWait(clientNetwork(address));
    return seconds === 0 || this.#isKnown(credential) ? 0 : seconds;
  }

  /** Counts a credential that was not good; if it was before, it is now like any other. */
  failed(address: string, credential: string): void {
    this.#known.delete(fingerprint(credential));
    this.#failures.take(clientNetwork(address));
  }

  /** Remembers a hash of a credential that was good. */
  succeeded(credential: string): void {
    if (this.#known.size >= KEEP_AT_MOST) this.#known.clear();
    this.#known.set(fingerprint(credential), this.#now() + KNOWN_FOR_MS);
  }

  #isKnown(credential: string): boolean {
    return (this.#known.get(fingerprint(credential)) ?? Number.NEGATIVE_INFINITY) > this.#now();
  }
}

const fingerprint = (credential: string): string => hash('sha256', credential, 'base64');
