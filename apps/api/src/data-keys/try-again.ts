import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyFailure } from './key-failure.ts';

/** The pause before the second attempt is at most this long, in milliseconds; it doubles with each attempt … */
const FIRST_PAUSE_MS = 100;
/** … up to this. */
const LONGEST_PAUSE_MS = 2000;
/** The longest that one attempt may take, in milliseconds, so that one that hangs leaves time for another. */
const ATTEMPT_MS = 3000;

type Outcome = { readonly ok: true } | { readonly ok: false; readonly failure: KeyFailure };

/**
 * Repeats what fails for now until it succeeds or the time is up, with random pauses of growing length ("full jitter":
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), so that those who were turned away together
 * do not come back together.
 * @param endsAt by `performance.now()`.
 * @param attempt gets the time that it has, in milliseconds, and how many attempts were before.
 */
export async function tryAgain<T extends Outcome>(
  endsAt: number,
  attempt: (deadlineMs: number, before: number) => Promise<T>,
): Promise<T> {
  for (let attempts = 0; ; attempts += 1) {
    const deadlineMs = Math.max(1, Math.min(ATTEMPT_MS, Math.floor(endsAt - performance.now())));
    const outcome = await attempt(deadlineMs, attempts);
    if (outcome.ok || !outcome.failure.temporary) return outcome;
    const pauseMs = Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempts);
    if (performance.now() + pauseMs >= endsAt) return outcome;
    await sleep(pauseMs);
  }
}
