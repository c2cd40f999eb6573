import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { assignmentDeleted } from '../role-assignments/audited-assignment.ts';
import { auditedRole, roleResource } from './audited-role.ts';
import type { Role } from './role.ts';
import { noSuchRole } from './update-role.ts';

/**
 * Deletes a role, and takes it away from everyone who has it: the ecosystem deletes a role's assignments with it, and a
 * Terraform destroy counts on that. Each is on record.
 * @returns what the role was.
 * @throws WardlineError INVALID_REQUEST when there is none.
 */
export async function deleteRole(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  { actor }: Pick<Caller, 'actor'>,
  place: Place,
  identifier: string,
): Promise<Role> {
  return storage.change(actor, async ({ roles, roleAssignments }) => {
    const role = await roles.findForChange(place, identifier);
    if (!role) throw noSuchRole(place, identifier);
    const assignments = await roleAssignments.removeOfRole(role);
    await roles.remove(role);
    return {
      result: role,
      audit: [
        { action: 'DELETE', ...roleResource(role), before: auditedRole(role) },
        ...assignments.map((one) => assignmentDeleted(one, config.accountId)),
      ],
    };
  });
}
