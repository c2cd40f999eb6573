import {
  ALL_RESOURCES,
  BUILT_IN_ROLES,
  type Page,
  scopeLevel,
  type UserAggregate,
  type UserListQuery,
} from '@wardline/contracts';
import { isBuiltInRole } from '../access/store.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { userPage } from './list-users.ts';

interface AggregateRequest extends UserListQuery {
  readonly place: Place;
  /** Empty for all. */
  readonly roleIdentifiers: readonly string[];
}

/**
 * One page of the users of a scope with the roles that they have there themselves. All users belong to the account;
 * to an organization or a project belong those who have a role there.
 */
export async function aggregateUsers(
  { storage }: Pick<Deps, 'storage'>,
  { place, roleIdentifiers, searchTerm, pageIndex, pageSize }: AggregateRequest,
): Promise<Page<UserAggregate>> {
  const everyone = scopeLevel(place) === 'account' && roleIdentifiers.length === 0;
  const withRoleAt = everyone ? undefined : { place, roleIdentifiers };
  const found = await storage.users.list({ searchTerm, withRoleAt, index: pageIndex, size: pageSize });
  const ids = found.rows.map(({ id }) => id);
  const roles = await storage.users.rolesAt(place, ids);
  return userPage(found, { pageIndex, pageSize }, ({ id, name, email, disabled }) => ({
    user: { uuid: id, name, email, locked: disabled, disabled, externallyManaged: false },
    roleAssignmentMetadata: roles
      .filter(({ userId }) => userId === id)
      .map(({ identifier, role, roleName }) => ({
        identifier,
        roleIdentifier: role,
        roleName: isBuiltInRole(role) ? BUILT_IN_ROLES[role].name : (roleName ?? role),
        resourceGroupIdentifier: ALL_RESOURCES,
        resourceGroupName: RESOURCE_GROUP_NAME,
        managedRole: isBuiltInRole(role),
        managedRoleAssignment: false,
      })),
  }));
}

const RESOURCE_GROUP_NAME = 'All Resources Including Child Scopes';
