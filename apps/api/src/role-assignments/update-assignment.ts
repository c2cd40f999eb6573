import type { RoleAssignmentInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { requireHeld } from '../access/require-held.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace, samePlace } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';
import { WardlineError } from '../wardline-error.ts';
import { assignmentEvent } from './audited-assignment.ts';
import { resourceGroupOf, roleOf } from './read-assignment.ts';
import { requireAnotherAdministrator } from './require-another-administrator.ts';
import { permissionsOf, resolvePrincipal } from './resolve-assignment.ts';
import type { RoleAssignment } from './role-assignment.ts';

/**
 * Disables an assignment or enables it again; role and principal never change, as in the ecosystem.
 * @throws WardlineError INVALID_REQUEST when there is none, for another role or principal, or when the account would be
 *   left without an administrator; NG_ACCESS_DENIED for a right that the caller has not.
 */
export async function updateAssignment(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  { actor, access }: Caller,
  address: { readonly place: Place; readonly identifier: string },
  input: RoleAssignmentInput,
): Promise<RoleAssignment> {
  const { place, identifier } = address;
  return storage.change(actor, async (stores) => {
    const { roleAssignments } = stores;
    const before = await roleAssignments.findForChange(place, identifier);
    if (!before) throw noSuchAssignment(place, identifier);
    const role = roleOf(place, input);
    const same =
      role.identifier === before.role.identifier &&
      samePlace(role.place, before.role.place) &&
      resourceGroupOf(place, input) === before.resourceGroup &&
      input.principal.type === before.principal.type &&
      (await resolvePrincipal(stores, place, input)) === before.principal.id;
    if (!same) throw changed();
    requireHeld(access, [{ place, permissions: (await permissionsOf(stores, role)) ?? new Set() }]);
    const disabled = input.disabled ?? false;
    const updatedAt = now().toISOString();
    await roleAssignments.setDisabled(before, disabled, updatedAt);
    if (disabled && givesAdministration(before)) await requireAnotherAdministrator(stores, now);
    const after = { ...before, disabled, updatedAt };
    return { result: after, audit: assignmentEvent('ROLE_ASSIGNMENT_UPDATED', { before, after }, config.accountId) };
  });
}

/** Whether an assignment makes account administrators. */
export function givesAdministration({ role, place }: RoleAssignment): boolean {
  return role.identifier === '_account_admin' && samePlace(place, {});
}

export function noSuchAssignment(place: Place, identifier: string): WardlineError {
  return new WardlineError(
    'INVALID_REQUEST',
    `There is no role assignment with the ID “${identifier}” at ${describePlace(place)}.`,
  );
}

function changed(): WardlineError {
  const error = 'Role, principal and resource group of an assignment never change. Delete it, and make another.';
  return invalidFields([{ fieldId: 'roleIdentifier', error }]);
}
