import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { deleteAssignmentsOf } from '../role-assignments/delete-assignment.ts';
import { requireAnotherAdministrator } from '../role-assignments/require-another-administrator.ts';
import { auditedGroup, groupResource } from './audited-group.ts';
import { groupForChange } from './update-group.ts';
import type { GroupWithMembers } from './user-group.ts';

/**
 * Deletes a group with its role assignments, as every principal goes with what it was given; its members stay.
 * @returns what the group was.
 * @throws WardlineError INVALID_REQUEST when there is none, or when the account would be left without an administrator.
 */
export async function deleteGroup(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  place: Place,
  identifier: string,
): Promise<GroupWithMembers> {
  return storage.change(actor, async (stores) => {
    const before = await groupForChange(stores, place, identifier);
    const { group } = before;
    const assignments = await deleteAssignmentsOf(stores, { type: 'USER_GROUP', id: group.id }, config.accountId);
    await stores.userGroups.remove(group);
    if (assignments.length > 0) await requireAnotherAdministrator(stores, now);
    return {
      result: before,
      audit: [{ action: 'DELETE', ...groupResource(group), before: auditedGroup(before) }, ...assignments],
    };
  });
}
