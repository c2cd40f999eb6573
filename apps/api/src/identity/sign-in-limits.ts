import { hash } from 'node:crypto';
import { clientNetwork } from '../limits/client-network.ts';
import { AttemptCounter } from './attempt-counter.ts';
import { tooManyAttempts } from './refusals.ts';

const WINDOW_MS = 15 * 60_000;

/**
 * Failed attempts within a quarter of an hour. An account takes few from one address, so that guessing from there locks
 * out nobody elsewhere, and no more than 100 from all (NIST SP 800-63B, section 3.2.2). An address may stand for many
 * people, so it has more than one account.
 */
const ACCOUNT_FROM_ADDRESS = 10;
const ACCOUNT = 100;
const ADDRESS = 50;

/** An attempt that was let through; it counts as failed until it is taken back. */
export interface Attempt {
  /** It was right, or no password was compared. */
  takeBack(): void;
}

/**
 * Bounds how often passwords may be guessed, before any is hashed, in this process. It counts what was typed, whether or
 * not there is such a user, so that it does not tell.
 */
export class SignInLimits {
  readonly #now: () => Date;
  readonly #accountFromAddress = new AttemptCounter(ACCOUNT_FROM_ADDRESS, WINDOW_MS);
  readonly #account = new AttemptCounter(ACCOUNT, WINDOW_MS);
  readonly #address = new AttemptCounter(ADDRESS, WINDOW_MS);

  constructor(now: () => Date) {
    this.#now = now;
  }

  /**
   * Counts an attempt, at once: those that run at the same time count too.
   * @throws WardlineError TOO_MANY_REQUESTS saying when to try again.
   */
  admit(email: string, address: string | undefined): Attempt {
    const now = this.#now().getTime();
    // A hash, because e-mail addresses of people who tried are nothing to keep.
    const account = hash('sha256', email, 'base64');
    const from = clientNetwork(address ?? '');
    const counters: [AttemptCounter, string][] = [
      [this.#accountFromAddress, `${account} ${from}`],
      [this.#account, account],
      [this.#address, from],
    ];
    const wait = Math.max(...counters.map(([counter, key]) => counter.wait(key, now)));
    if (wait > 0) throw tooManyAttempts(wait / 1000);
    for (const [counter, key] of counters) counter.add(key, now);
    return {
      takeBack: () => {
        for (const [counter, key] of counters) counter.takeBack(key, now);
      },
    };
  }
}
