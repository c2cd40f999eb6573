import type { KeyFailure } from './key-failure.ts';

interface Remembered {
  readonly failure: KeyFailure;
  readonly until: number;
}

/** For how long a failure is told to everyone who asks, without asking KMS, in milliseconds. */
const REMEMBERED_MS = 2000;
/** Failures of more than this many are not remembered: then they are found out anew. */
const MOST = 10_000;

/** Failures of a moment ago, so that while KMS is away only one waits for it. */
export class RecentFailures {
  readonly #failures = new Map<string, Remembered>();

  find(keys: readonly string[]): KeyFailure | undefined {
    for (const key of keys) {
      const found = this.#failures.get(key);
      if (!found) continue;
      if (found.until > performance.now()) return found.failure;
      this.#failures.delete(key);
    }
    return undefined;
  }

  note(key: string, failure: KeyFailure): void {
    if (this.#failures.size >= MOST) this.#failures.clear();
    this.#failures.set(key, { failure, until: performance.now() + REMEMBERED_MS });
  }
}
