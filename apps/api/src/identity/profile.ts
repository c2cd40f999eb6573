import type { Profile, ProfileChange } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { auditedUser, userResource } from '../users/audited-user.ts';
import type { UserRecord } from '../users/user.ts';
import { requireOwnUser } from './own-account.ts';

/** The user who asks. */
export async function getProfile({ storage }: Pick<Deps, 'storage'>, caller: Caller): Promise<Profile> {
  return toProfile(await requireOwnUser(caller, storage));
}

/** Changes what the user who asks is called. */
export async function changeProfile(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  caller: Caller,
  { name }: ProfileChange,
): Promise<Profile> {
  return storage.change(caller.actor, async (stores) => {
    const before = await requireOwnUser(caller, stores);
    const after = { ...before, name };
    await stores.users.change(before.id, after, now().toISOString());
    return {
      result: toProfile(after),
      audit: { action: 'UPDATE', ...userResource(after), before: auditedUser(before), after: auditedUser(after) },
    };
  });
}

function toProfile({ id, email, name, hasPassword, secondFactor, sso }: UserRecord): Profile {
  return { id, email, name, hasPassword, secondFactor, sso };
}
