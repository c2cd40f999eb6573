import type { Session } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { userResource } from '../users/audited-user.ts';
import { WardlineError } from '../wardline-error.ts';
import { requireOwnUser, requireSession } from './own-account.ts';

type SessionDeps = Pick<Deps, 'storage' | 'config' | 'now'>;

/** One's own sessions that have not expired, the newest first. */
export async function listSessions({ storage, config, now }: SessionDeps, caller: Caller): Promise<Session[]> {
  const user = await requireOwnUser(caller, storage);
  const rows = await storage.sessions.listActive(user.id, now(), config.sessions.maxMs);
  return rows.map((row) => {
    const end = Date.parse(row.created_at) + config.sessions.maxMs;
    return {
      id: row.id,
      current: row.id === caller.access.identity.authentication.id,
      createdAt: row.created_at,
      lastSeenAt: row.updated_at,
      expiresAt: new Date(Math.min(Date.parse(row.expires_at), end)).toISOString(),
      address: row.ip_address,
      userAgent: row.user_agent,
    };
  });
}

/** Ends one of one's own sessions. @throws WardlineError ENTITY_NOT_FOUND */
export async function revokeSession({ storage }: SessionDeps, caller: Caller, id: string): Promise<void> {
  const user = await requireOwnUser(caller, storage);
  await storage.change(caller.actor, async ({ sessions }) => {
    if (!(await sessions.remove(id, user.id))) {
      throw new WardlineError('ENTITY_NOT_FOUND', 'There is no such session of yours. It may have ended already.');
    }
    const { place, resource } = userResource(user);
    return {
      result: undefined,
      audit: { action: 'DELETE', resource: { ...resource, type: 'SESSION' }, place, details: { session: id } },
    };
  });
}

/** Ends the session that asks. */
export async function signOut({ storage }: SessionDeps, caller: Caller): Promise<void> {
  const id = requireSession(caller);
  const user = await requireOwnUser(caller, storage);
  await storage.change(caller.actor, async ({ sessions }) => {
    await sessions.remove(id, user.id);
    return { result: undefined, audit: { action: 'LOGOUT', ...userResource(user), details: { session: id } } };
  });
}

/** Ends every session of the user who asks. @returns how many there were. */
export async function signOutEverywhere({ storage }: SessionDeps, caller: Caller): Promise<number> {
  const user = await requireOwnUser(caller, storage);
  return storage.change(caller.actor, async ({ users }) => {
    const result = await users.endSessions(user.id);
    return { result, audit: { action: 'LOGOUT', ...userResource(user), details: { sessions: result } } };
  });
}
