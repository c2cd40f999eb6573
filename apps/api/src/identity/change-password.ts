import type { IncomingHttpHeaders } from 'node:http';
import type { PasswordChange } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { invalidFields } from '../plugins/errors.ts';
import { WardlineError } from '../wardline-error.ts';
import { countedAttempt } from './counted-attempt.ts';
import { withinDeed } from './deed.ts';
import type { Identity } from './identity.ts';
import { sessionHeaders } from './library-call.ts';
import { requireOwnUser, requireSession } from './own-account.ts';
import { refuseWeakPassword } from './password-rules.ts';
import { inField, provingPassword } from './proof.ts';

/**
 * Changes the password of the user who asks and ends all their sessions; the browser gets a new one in their place, so
 * that whoever has a copy of its old cookie is out too. Wrong passwords count like those of a sign-in.
 * @throws WardlineError INVALID_REQUEST naming the field, or TOO_MANY_REQUESTS.
 */
export async function changePassword(
  identity: Identity,
  caller: Caller & { readonly headers: IncomingHttpHeaders },
  { currentPassword, newPassword }: PasswordChange,
): Promise<{ endedSessions: number; cookies: readonly string[] }> {
  const { storage, library, config, now } = identity;
  requireSession(caller);
  const user = await requireOwnUser(caller, storage);
  if (!user.hasPassword)
    throw new WardlineError('INVALID_REQUEST', 'You sign in without a password, so there is none.');
  if (newPassword === currentPassword) {
    throw invalidFields([{ fieldId: 'newPassword', error: 'This is your current password.' }]);
  }
  await refuseWeakPassword('newPassword', newPassword, user);

  const sessions = await storage.sessions.listActive(user.id, now(), config.sessions.maxMs);
  const { api } = await library();
  const call = {
    body: { currentPassword, newPassword, revokeOtherSessions: true },
    headers: sessionHeaders(caller.headers, config),
    returnHeaders: true,
  } as const;
  const { actor } = caller;
  const attempt = { actor, email: user.email, wrong: 'wrong credentials' } as const;
  try {
    const { headers } = await countedAttempt(identity, attempt, () =>
      provingPassword(() => withinDeed({ kind: 'password-change', actor }, () => api.changePassword(call))),
    );
    return { endedSessions: sessions.length - 1, cookies: headers.getSetCookie() };
  } catch (error) {
    throw inField('currentPassword', error);
  }
}
