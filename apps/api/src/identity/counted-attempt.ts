import type { ErrorCode } from '@wardline/contracts';
import type { Actor } from '../access/principal.ts';
import { WardlineError } from '../wardline-error.ts';
import type { FailureReason } from './failed-sign-ins.ts';
import type { Identity } from './identity.ts';
import type { Attempt } from './sign-in-limits.ts';

interface AttemptOptions {
  readonly actor: Actor;
  /** Whose account it is tried on, as it was typed. */
  readonly email: string;
  /** What it is called on record where what was shown is wrong. */
  readonly wrong: Extract<FailureReason, 'wrong credentials' | 'wrong code'>;
}

/**
 * Runs what proves who someone is, by a password or a code. It counts where that was wrong, as those do that run at the
 * same time; not where it was right, nor where nothing was compared. Failures are on record.
 * @param work throws INVALID_CREDENTIAL where what was shown is wrong.
 * @throws WardlineError TOO_MANY_REQUESTS, or what the work throws.
 */
export async function countedAttempt<T>(
  { limits, failures }: Pick<Identity, 'limits' | 'failures'>,
  { actor, email, wrong }: AttemptOptions,
  work: () => Promise<T>,
): Promise<T> {
  let attempt: Attempt | undefined;
  try {
    attempt = limits.admit(email, actor.address);
    const done = await work();
    attempt.takeBack();
    return done;
  } catch (error) {
    if (!(error instanceof WardlineError)) throw error;
    if (error.code !== 'INVALID_CREDENTIAL') attempt?.takeBack();
    const reason = error.code === 'INVALID_CREDENTIAL' ? wrong : OTHER_FAILURES[error.code];
    if (reason) await failures.note(actor, email, reason);
    throw error;
  }
}

/** What else is a failure of who tries, rather than a request that can't be served. */
const OTHER_FAILURES: Partial<Record<ErrorCode, FailureReason>> = {
  TOO_MANY_REQUESTS: 'too many attempts',
  INVALID_TOKEN: 'no sign-in that waits for a code',
};
