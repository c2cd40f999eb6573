import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../../access/caller.ts';
import type { UserRecord } from '../../users/user.ts';
import { WardlineError } from '../../wardline-error.ts';
import { countedAttempt } from '../counted-attempt.ts';
import { type DeedKind, withinDeed } from '../deed.ts';
import type { Identity } from '../identity.ts';
import { type LibraryAnswer, sessionHeaders } from '../library-call.ts';
import { requireOwnUser, requireSession } from '../own-account.ts';
import { inField, provingPassword } from '../proof.ts';
import type { SignInLibrary } from '../sign-in-library.ts';
import { refusing } from './refusal.ts';

/** Whoever asks, in a session of the console. */
export type SessionCaller = Caller & { readonly headers: IncomingHttpHeaders };

/** One call of the library: what it does, for whom, and in which field a wrong proof was typed. */
interface OwnCall<T> {
  readonly kind: Extract<DeedKind, 'second-factor-change' | 'new-recovery-codes'>;
  readonly proof: 'password' | 'code';
  /** Runs before the library is asked. @throws WardlineError to refuse. */
  readonly before?: (user: UserRecord) => Promise<void>;
  readonly call: (api: SignInLibrary['api'], headers: Headers) => Promise<LibraryAnswer<T>>;
}

/**
 * Changes the second factor of the user who asks, by what proves that it is them: wrong passwords and codes count like
 * those of a sign-in.
 * @throws WardlineError INVALID_REQUEST, naming the field of a wrong proof, or TOO_MANY_REQUESTS.
 */
export async function changeOwnSecondFactor<T>(
  identity: Identity,
  caller: SessionCaller,
  { kind, proof, before, call }: OwnCall<T>,
): Promise<{ readonly response: T; readonly cookies: readonly string[] }> {
  const { storage, library, config } = identity;
  requireSession(caller);
  const user = await requireOwnUser(caller, storage);
  if (!user.hasPassword) {
    throw new WardlineError('INVALID_REQUEST', 'You sign in without a password, at the provider of single sign-on.', {
      hints: ['Set up the second factor there.'],
    });
  }
  const { actor } = caller;
  const wrong = proof === 'password' ? 'wrong credentials' : 'wrong code';
  const { api } = await library();
  const headers = sessionHeaders(caller.headers, config);
  try {
    const answer = await countedAttempt(identity, { actor, email: user.email, wrong }, () =>
      refusing(async () => {
        await before?.(user);
        return provingPassword(() => withinDeed({ kind, actor }, () => call(api, headers)));
      }),
    );
    return { response: answer.response, cookies: answer.headers.getSetCookie() };
  } catch (error) {
    throw inField(proof, error);
  }
}
