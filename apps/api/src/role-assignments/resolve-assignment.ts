import { BUILT_IN_ROLES, type Permission, type RoleAssignmentInput } from '@wardline/contracts';
import { isBuiltInRole } from '../access/store.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';
import type { Stores } from '../stores.ts';
import type { PrincipalAddress } from './principal-store.ts';
import { principalOf, roleOf } from './read-assignment.ts';
import type { RoleReference } from './role-assignment.ts';

/**
 * The role that an assignment gives, with what it permits; held until the transaction ends.
 * @throws WardlineError INVALID_REQUEST when there is none.
 */
export async function resolveRole(
  { roles }: Pick<Stores, 'roles'>,
  place: Place,
  input: RoleAssignmentInput,
): Promise<{ readonly role: RoleReference; readonly permissions: ReadonlySet<Permission> }> {
  const role = roleOf(place, input);
  const permissions = await permissionsOf({ roles }, role);
  if (permissions) return { role, permissions };
  const error = `There is no role “${role.identifier}” at ${describePlace(role.place)}. A role of a scope above is named by roleReference with its scopeLevel.`;
  throw invalidFields([{ fieldId: input.roleIdentifier ? 'roleIdentifier' : 'roleReference.identifier', error }]);
}

/** What a role permits, which is held until the transaction ends; undefined when there is none. */
export async function permissionsOf(
  { roles }: Pick<Stores, 'roles'>,
  { identifier, place }: RoleReference,
): Promise<ReadonlySet<Permission> | undefined> {
  if (isBuiltInRole(identifier)) return new Set(BUILT_IN_ROLES[identifier].permissions);
  const role = await roles.findForChange(place, identifier);
  return role && new Set(role.permissions);
}

/**
 * The database's id of whom an assignment names.
 * @throws WardlineError INVALID_REQUEST when there is no such user, service account or group.
 */
export async function resolvePrincipal(
  { principals }: Pick<Stores, 'principals'>,
  place: Place,
  input: Pick<RoleAssignmentInput, 'principal'>,
): Promise<string> {
  const address = principalOf(place, input);
  const id = await principals.findIdForUse(address);
  if (id) return id;
  throw invalidFields([{ fieldId: 'principal.identifier', error: noSuchPrincipal(address) }]);
}

function noSuchPrincipal({ type, identifier, place }: PrincipalAddress): string {
  switch (type) {
    case 'USER':
      return `There is no user with the id “${identifier}”. GET /api/users has the ids.`;
    case 'SERVICE_ACCOUNT':
      return `There is no service account “${identifier}” at ${describePlace(place)}. principal.scopeLevel says at which level it is.`;
    case 'USER_GROUP':
      return `There is no user group “${identifier}” at ${describePlace(place)}. principal.scopeLevel says at which level it is.`;
  }
}
