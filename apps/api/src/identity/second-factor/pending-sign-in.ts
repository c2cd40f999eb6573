import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '../../access/principal.ts';
import type { UserRecord } from '../../users/user.ts';
import { WardlineError } from '../../wardline-error.ts';
import type { Identity } from '../identity.ts';
import { cookieSecret } from '../sign-in-library.ts';
import { signedValue } from '../signed-cookie.ts';

/** What the library calls the cookie of a sign-in that waits for its second factor; behind TLS with a prefix. */
const COOKIE = /^(?:__Secure-)?wardline\.two_factor$/;

/** A sign-in whose password was right. */
interface PendingSignIn {
  readonly user: UserRecord;
  /** The cookie that says so, alone: the library would take a session beside it for the one to verify. */
  readonly cookie: string;
}

/**
 * Whose sign-in waits for its second factor, by the cookie of the first step.
 * @throws WardlineError INVALID_TOKEN when none does, which is on record: it took too long, was used, or never was.
 */
export async function pendingSignIn(
  { storage, masterKey, failures, now }: Identity,
  { actor, headers }: { readonly actor: Actor; readonly headers: IncomingHttpHeaders },
): Promise<PendingSignIn> {
  const cookie = headers.cookie?.split(';').find((part) => COOKIE.test(part.split('=')[0]?.trim() ?? ''));
  const value = cookie?.slice(cookie.indexOf('=') + 1);
  const challenge = value && signedValue(value, cookieSecret(masterKey));
  const userId = challenge && (await storage.signIn.findPending(challenge, now().toISOString()));
  const user = userId ? await storage.users.find(userId) : undefined;
  if (!cookie || !user || user.disabled) {
    await failures.note(actor, user?.email ?? '', 'no sign-in that waits for a code');
    throw signInIsOver();
  }
  return { user, cookie: cookie.trim() };
}

/** The password has to be entered again. */
export function signInIsOver(): WardlineError {
  return new WardlineError('INVALID_TOKEN', 'This sign-in has expired, or too many codes were wrong.', {
    hints: ['Sign in with your password again.'],
  });
}
