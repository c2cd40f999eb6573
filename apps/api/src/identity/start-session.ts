import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '../access/principal.ts';
import { sessionCookieName } from '../access/session-cookie.ts';
import type { Deps } from '../app.ts';
import { userResource } from '../users/audited-user.ts';
import type { UserRecord } from '../users/user.ts';
import { wrongCredentials } from './refusals.ts';
import { cookieSecret } from './sign-in-library.ts';
import { signedCookieValue } from './signed-cookie.ts';

/** Longer ones are cut: browsers stay far below. */
const USER_AGENT_LENGTH = 512;

/**
 * Begins a session of someone whom single sign-on proved to be this user, as the sign-in library does after a password.
 * @returns the Set-Cookie header.
 * @throws WardlineError INVALID_CREDENTIAL for a user who was locked or deleted meanwhile.
 */
export async function startSession(
  { storage, config, masterKey, now }: Pick<Deps, 'storage' | 'config' | 'masterKey' | 'now'>,
  user: UserRecord,
  { actor, headers }: { readonly actor: Actor; readonly headers: IncomingHttpHeaders },
): Promise<string> {
  const { idleMs, maxMs } = config.sessions;
  const token = randomBytes(32).toString('base64url');
  const { id, email, name } = user;
  const self: Actor = { ...actor, principal: { type: 'USER', id, identifier: email, name } };
  const time = now();
  await storage.change(self, async ({ users, sessions, signIn }) => {
    const current = await users.findForChange(id);
    if (!current || current.disabled) throw wrongCredentials();
    await sessions.removeExpired(id, time.toISOString());
    await sessions.insert({
      userId: id,
      token,
      now: time.toISOString(),
      expiresAt: new Date(time.getTime() + Math.min(idleMs, maxMs)).toISOString(),
      address: actor.address ?? null,
      userAgent: headers['user-agent']?.slice(0, USER_AGENT_LENGTH) ?? null,
    });
    await signIn.markSignedIn(id, time.toISOString());
    return {
      result: undefined,
      audit: { action: 'LOGIN', ...userResource(current), details: { method: 'single sign-on' } },
    };
  });
  const secure = config.publicUrl.startsWith('https:');
  const value = signedCookieValue(token, cookieSecret(masterKey));
  const cookie = `${sessionCookieName(config)}=${value}; Max-Age=${Math.floor(maxMs / 1000)}`;
  return `${cookie}; Path=/; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`;
}
