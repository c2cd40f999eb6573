import type { User, UserChange } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { requireAnotherAdministrator } from '../role-assignments/require-another-administrator.ts';
import { auditedUser, userResource } from './audited-user.ts';
import { refuseOneself } from './refuse-oneself.ts';
import { requirePowerOver } from './require-power-over.ts';
import { requireUser } from './require-user.ts';
import { toUser } from './user.ts';

/**
 * Renames, locks or unlocks a user. A lock ends their sessions and links; their API keys open nothing while it lasts.
 * Unlocking gives someone their rights back, so it takes those rights.
 * @throws WardlineError ENTITY_NOT_FOUND, NG_ACCESS_DENIED, or INVALID_REQUEST for oneself and for the last administrator.
 */
export async function changeUser(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  caller: Caller,
  id: string,
  change: UserChange,
): Promise<User> {
  if (change.disabled) refuseOneself(caller, id, 'lock');
  const time = now();
  return storage.change(caller.actor, async (stores) => {
    const user = requireUser(await stores.users.findForChange(id), id);
    if (user.disabled && !change.disabled) await requirePowerOver(stores, caller, id);
    await stores.users.change(id, change, time.toISOString());
    const entry: AuditEntry = {
      action: 'UPDATE',
      ...userResource(user),
      before: auditedUser(user),
      after: auditedUser({ ...user, ...change }),
    };
    if (!change.disabled || user.disabled) return { result: toUser({ ...user, ...change }, time), audit: entry };
    const endedSessions = await stores.users.endSessions(id);
    await stores.oneTimeLinks.removeOf(id);
    await requireAnotherAdministrator(stores, now);
    const locked = { ...user, ...change, invitationExpiresAt: null };
    return { result: toUser(locked, time), audit: { ...entry, details: { endedSessions } } };
  });
}
