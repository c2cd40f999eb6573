import type { SessionReader } from '../access/authenticator.ts';
import type { Deps } from '../app.ts';
import { cookieSecret } from './sign-in-library.ts';
import { signedValue } from './signed-cookie.ts';

/** How exactly the last use of a session is stored, in milliseconds: with each request it would cost a write. */
const SEEN_EVERY_MS = 60_000;

/**
 * Finds out whose session a cookie is: signed by this server, not expired, its user not locked. Using a session puts
 * off its idle expiry, never its absolute one.
 */
export function sessionReader({
  storage,
  config,
  masterKey,
  now,
}: Pick<Deps, 'storage' | 'config' | 'masterKey' | 'now'>): SessionReader {
  const secret = cookieSecret(masterKey);
  const { idleMs, maxMs } = config.sessions;
  return async (cookie) => {
    const token = signedValue(cookie, secret);
    const session = token === undefined ? undefined : await storage.sessions.findByToken(token);
    if (!session) return 'unknown';
    if (session.user.disabled) return 'disabled';

    const time = now().getTime();
    const end = Date.parse(session.createdAt) + maxMs;
    let expiresAt = Math.min(Date.parse(session.expiresAt), end);
    if (expiresAt <= time) return 'expired';
    if (time - Date.parse(session.lastSeenAt) >= Math.min(SEEN_EVERY_MS, idleMs / 2)) {
      expiresAt = Math.min(time + idleMs, end);
      const times = { now: new Date(time).toISOString(), expiresAt: new Date(expiresAt).toISOString() };
      await storage.unrecorded(({ sessions }) => sessions.markSeen(session.id, times));
    }
    const { id, email, name } = session.user;
    return {
      principal: { type: 'USER', id, identifier: email, name },
      authentication: { method: 'session', id: session.id },
      endsAt: expiresAt,
    };
  };
}
