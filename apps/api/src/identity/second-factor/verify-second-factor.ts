import type { IncomingHttpHeaders } from 'node:http';
import type { secondFactorRequestSchema } from '@wardline/contracts';
import type { z } from 'zod';
import type { Actor } from '../../access/principal.ts';
import { countedAttempt } from '../counted-attempt.ts';
import { withinDeed } from '../deed.ts';
import type { Identity } from '../identity.ts';
import { libraryHeaders } from '../library-call.ts';
import type { SignedIn } from '../sign-in.ts';
import { pendingSignIn } from './pending-sign-in.ts';
import { refusing, wrongCode } from './refusal.ts';

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
  const { storage, library, now } = identity;
  const { actor } = visitor;
  const { user, cookie } = await pendingSignIn(identity, visitor);
  const headers = libraryHeaders(visitor.headers, cookie);
  const verify = async () => {
    if ('code' in given && !(await storage.unrecorded(({ usedCodes }) => usedCodes.take(user.id, given.code, now())))) {
      throw wrongCode();
    }
    const { api } = await library();
    return 'code' in given
      ? withinDeed({ kind: 'second-factor', actor }, () =>
          api.verifyTOTP({ body: { code: given.code }, headers, returnHeaders: true }),
        )
      : withinDeed({ kind: 'recovery-code', actor }, () =>
          api.verifyBackupCode({ body: { code: given.recoveryCode }, headers, returnHeaders: true }),
        );
  };
  const attempt = { actor, email: user.email, wrong: 'wrong code' } as const;
  const answer = await countedAttempt(identity, attempt, () => refusing(verify));
  return { next: 'signed-in', cookies: answer.headers.getSetCookie() };
}
