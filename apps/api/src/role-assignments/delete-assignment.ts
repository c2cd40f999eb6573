import type { PrincipalType } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Place } from '../db/scope-columns.ts';
import type { Stores } from '../stores.ts';
import { assignmentDeleted } from './audited-assignment.ts';
import { requireAnotherAdministrator } from './require-another-administrator.ts';
import type { RoleAssignment } from './role-assignment.ts';
import { givesAdministration, noSuchAssignment } from './update-assignment.ts';

/**
 * Takes a role away.
 * @returns what the assignment was.
 * @throws WardlineError INVALID_REQUEST when there is none, or when the account would be left without an administrator.
 */
export async function deleteAssignment(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  { place, identifier }: { readonly place: Place; readonly identifier: string },
): Promise<RoleAssignment> {
  return storage.change(actor, async (stores) => {
    const assignment = await stores.roleAssignments.findForChange(place, identifier);
    if (!assignment) throw noSuchAssignment(place, identifier);
    await stores.roleAssignments.remove(assignment);
    if (givesAdministration(assignment)) await requireAnotherAdministrator(stores, now);
    return { result: assignment, audit: assignmentDeleted(assignment, config.accountId) };
  });
}

/**
 * Takes every role away from a principal that is deleted, in the transaction that deletes it.
 * @returns the events.
 */
export async function deleteAssignmentsOf(
  { roleAssignments }: Pick<Stores, 'roleAssignments'>,
  principal: { readonly type: PrincipalType; readonly id: string },
  accountId: string,
): Promise<AuditEntry[]> {
  const removed = await roleAssignments.removeOfPrincipal(principal);
  return removed.map((one) => assignmentDeleted(one, accountId));
}
