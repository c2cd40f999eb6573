import type { Caller } from '../access/caller.ts';
import { removeApiKeys } from '../api-keys/remove-api-keys.ts';
import type { Deps } from '../app.ts';
import { assignmentDeleted } from '../role-assignments/audited-assignment.ts';
import { requireAnotherAdministrator } from '../role-assignments/require-another-administrator.ts';
import { auditedUser, userResource } from './audited-user.ts';
import { refuseOneself } from './refuse-oneself.ts';
import { requireUser } from './require-user.ts';

/**
 * Deletes a user with their sessions, API keys, role assignments and memberships.
 * @throws WardlineError ENTITY_NOT_FOUND, or INVALID_REQUEST for oneself and for the last administrator.
 */
export async function deleteUser(
  { storage, now, config }: Pick<Deps, 'storage' | 'now' | 'config'>,
  caller: Caller,
  id: string,
): Promise<void> {
  refuseOneself(caller, id, 'delete');
  await storage.change(caller.actor, async (stores) => {
    const user = requireUser(await stores.users.findForChange(id), id);
    const keys = await removeApiKeys(stores, { type: 'USER', id, place: {} });
    const taken = await stores.roleAssignments.removeOfPrincipal({ type: 'USER', id });
    await stores.users.remove(id);
    await requireAnotherAdministrator(stores, now);
    const deleted = { action: 'DELETE', ...userResource(user), before: auditedUser(user) } as const;
    const assignments = taken.map((assignment) => assignmentDeleted(assignment, config.accountId));
    return { result: undefined, audit: [deleted, ...keys, ...assignments] };
  });
}
