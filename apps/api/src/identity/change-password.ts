import type { IncomingHttpHeaders } from 'node:http';
import type { PasswordChange } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { invalidFields } from '../plugins/errors.ts';
import { WardlineError } from '../wardline-error.ts';
import { withinDeed } from './deed.ts';
import type { Identity } from './identity.ts';
import { refusalCode, sessionHeaders } from './library-call.ts';
import { requireOwnUser, requireSession } from './own-account.ts';
import { refuseWeakPassword } from './password-rules.ts';

/**
 * Changes the password of the user who asks and ends all their sessions; the browser gets a new one in their place, so
 * that whoever has a copy of its old cookie is out too. Wrong passwords count like those of a sign-in.
 * @throws WardlineError INVALID_REQUEST naming the field, or TOO_MANY_REQUESTS.
 */
export async function changePassword(
  { storage, library, limits, failures, config, now }: Identity,
  caller: Caller & { readonly headers: IncomingHttpHeaders },
  { currentPassword, newPassword }: PasswordChange,
): Promise<{ endedSessions: number; cookies: readonly string[] }> {
  requireSession(caller);
  const user = await requireOwnUser(caller, storage);
  if (!user.hasPassword)
    throw new WardlineError('INVALID_REQUEST', 'You sign in without a password, so there is none.');
  if (newPassword === currentPassword) {
    throw invalidFields([{ fieldId: 'newPassword', error: 'This is your current password.' }]);
  }
  await refuseWeakPassword('newPassword', newPassword, user);

  const attempt = limits.admit(user.email, caller.actor.address);
  const sessions = await storage.sessions.listActive(user.id, now(), config.sessions.maxMs);
  const { api } = await library();
  const call = {
    body: { currentPassword, newPassword, revokeOtherSessions: true },
    headers: sessionHeaders(caller.headers, config),
    returnHeaders: true,
  } as const;
  try {
    const deed = { kind: 'password-change', actor: caller.actor } as const;
    const { headers } = await withinDeed(deed, () => api.changePassword(call));
    attempt.takeBack();
    return { endedSessions: sessions.length - 1, cookies: headers.getSetCookie() };
  } catch (error) {
    if (refusalCode(error) !== 'INVALID_PASSWORD') throw error;
    await failures.note(caller.actor, user.email, 'wrong credentials');
    throw invalidFields([{ fieldId: 'currentPassword', error: 'This is not your password.' }]);
  }
}
