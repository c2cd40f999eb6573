import type { IncomingHttpHeaders } from 'node:http';
import type { SignInRequest, SignInResult } from '@wardline/contracts';
import type { Actor } from '../access/principal.ts';
import { countedAttempt } from './counted-attempt.ts';
import { withinDeed } from './deed.ts';
import type { Identity } from './identity.ts';
import { libraryHeaders, refusalCode } from './library-call.ts';
import { wrongCredentials } from './refusals.ts';

/** How a sign-in went on, with the cookies that the browser is to keep. */
export interface SignedIn extends SignInResult {
  readonly cookies: readonly string[];
}

interface Visitor {
  readonly actor: Actor;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Signs in with a password. Failures are on record and counted; the answer to all of them is the same.
 * @throws WardlineError INVALID_CREDENTIAL or TOO_MANY_REQUESTS.
 */
export function signIn(identity: Identity, visitor: Visitor, given: SignInRequest): Promise<SignedIn> {
  const { actor } = visitor;
  return countedAttempt(identity, { actor, email: given.email, wrong: 'wrong credentials' }, async () => {
    identity.passwords.requireRoom();
    return signInWithPassword(identity, visitor, given);
  });
}

/** Signs in someone who is not to be counted: they just set this password. @throws WardlineError INVALID_CREDENTIAL. */
export async function signInWithPassword(
  { library }: Identity,
  { actor, headers }: Visitor,
  body: SignInRequest,
): Promise<SignedIn> {
  const { api } = await library();
  try {
    const call = { body, headers: libraryHeaders(headers), returnHeaders: true } as const;
    const answer = await withinDeed({ kind: 'password-sign-in', actor }, () => api.signInEmail(call));
    const next = 'twoFactorRedirect' in answer.response ? 'second-factor' : 'signed-in';
    return { next, cookies: answer.headers.getSetCookie() };
  } catch (error) {
    if (refusalCode(error) !== undefined) throw wrongCredentials();
    throw error;
  }
}
