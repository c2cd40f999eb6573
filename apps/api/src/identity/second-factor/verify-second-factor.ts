import type { IncomingHttpHeaders } from 'node:http';
import type { secondFactorRequestSchema } from '@wardline/contracts';
import type { z } from 'zod';
import type { Actor } from '../../access/principal.ts';
import { WardlineError } from '../../wardline-error.ts';
import { withinDeed } from '../deed.ts';
import type { Identity } from '../identity.ts';
import { libraryHeaders } from '../library-call.ts';
import type { SignedIn } from '../sign-in.ts';
import { pendingSignIn } from './pending-sign-in.ts';
import { toRefusal, wrongCode } from './refusal.ts';

/**
 * The second step of a sign-in: a code of the app, which counts once, or a recovery code, which is used up. Failures are
 * on record and count like wrong passwords.
 * @throws WardlineError INVALID_CREDENTIAL, INVALID_TOKEN when the sign-in is over, or TOO_MANY_REQUESTS.
 */
export async function verifySecondFactor(
  identity: Identity,
  visitor: { readonly actor: Actor; readonly headers: IncomingHttpHeaders },
  given: z.output<typeof secondFactorRequestSchema>,
): Promise<SignedIn> {
  const { limits, failures, storage, library, now } = identity;
  const { actor } = visitor;
  const { user, cookie } = await pendingSignIn(identity, visitor.headers.cookie);
  const headers = libraryHeaders(visitor.headers, cookie);
  try {
    const attempt = limits.admit(user.email, actor.address);
    if ('code' in given && !(await storage.unrecorded(({ usedCodes }) => usedCodes.take(user.id, given.code, now())))) {
      throw wrongCode();
    }
    const { api } = await library();
    const answer =
      'code' in given
        ? await withinDeed({ kind: 'second-factor', actor }, () =>
            api.verifyTOTP({ body: { code: given.code }, headers, returnHeaders: true }),
          )
        : await withinDeed({ kind: 'recovery-code', actor }, () =>
            api.verifyBackupCode({ body: { code: given.recoveryCode }, headers, returnHeaders: true }),
          );
    attempt.takeBack();
    return { next: 'signed-in', cookies: answer.headers.getSetCookie() };
  } catch (error) {
    const refusal = toRefusal(error);
    if (!(refusal instanceof WardlineError)) throw error;
    const reason = refusal.code === 'TOO_MANY_REQUESTS' ? 'too many attempts' : 'wrong code';
    await failures.note(actor, user.email, reason);
    throw refusal;
  }
}
