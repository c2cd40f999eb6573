import { availableParallelism } from 'node:os';
import { Gate } from './gate.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { tooManyAttempts } from './refusals.ts';

/**
 * Hashing fills a core for about 0.1 s and takes 32 MiB, so this bounds both what it takes from others and its queue. The
 * server itself keeps a core.
 */
const AT_ONCE = availableParallelism() > 2 ? 2 : 1;
const MAY_WAIT = 32;
const RETRY_AFTER_SECONDS = 2;

export type Passwords = ReturnType<typeof createPasswords>;

/** Hashes and compares passwords, few at once. @throws WardlineError TOO_MANY_REQUESTS when too many wait. */
export function createPasswords() {
  const gate = new Gate({ atOnce: AT_ONCE, mayWait: MAY_WAIT, full: () => tooManyAttempts(RETRY_AFTER_SECONDS) });
  return {
    /** @throws WardlineError TOO_MANY_REQUESTS when too many wait: whoever floods the sign-in costs no more than that. */
    requireRoom: () => gate.requireRoom(),
    hash: (password: string) => gate.run(() => hashPassword(password)),
    verify: (given: { hash: string; password: string }) => gate.run(() => verifyPassword(given)),
  };
}
