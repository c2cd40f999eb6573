import {
  BUILT_IN_ROLES,
  type Permission,
  type RoleAssignmentAggregate,
  type RoleResponse,
  type UserAggregate,
  type UserGroup,
} from '@wardline/contracts';
import type { ListedUser } from '../features/users/api/list-users.ts';

const account = { accountIdentifier: 'default', orgIdentifier: null, projectIdentifier: null };

/** A user who may sign in, with a password. */
export function listedUser(name: string, rest: Partial<ListedUser> = {}): ListedUser {
  return {
    id: name.toLowerCase(),
    email: `${name.toLowerCase()}@example.com`,
    name,
    status: 'ACTIVE',
    hasPassword: true,
    sso: false,
    secondFactor: false,
    lastSignInAt: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    invitationExpiresAt: null,
    roles: [],
    ...rest,
  };
}

/** The same user in the ecosystem's shape, which has the roles. */
export function aggregateOf({ id, name, email, roles }: ListedUser): UserAggregate {
  return {
    user: { uuid: id, name, email, locked: false, disabled: false, externallyManaged: false },
    roleAssignmentMetadata: roles.map(({ identifier, name: roleName }) => ({
      identifier: `${id}_${identifier}`,
      roleIdentifier: identifier,
      roleName,
      resourceGroupIdentifier: '_all_resources_including_child_scopes',
      resourceGroupName: 'All Resources Including Child Scopes',
      managedRole: true,
      managedRoleAssignment: false,
    })),
  };
}

/** A role made here. */
export function customRole(identifier: string, permissions: readonly Permission[]): RoleResponse {
  return {
    role: {
      identifier,
      name: identifier,
      description: '',
      tags: {},
      permissions: [...permissions],
      allowedScopeLevels: ['account'],
    },
    scope: account,
    harnessManaged: false,
    createdAt: 1,
    lastModifiedAt: 1,
  };
}

/** The roles that are always there. */
export const builtInRoles: readonly RoleResponse[] = Object.entries(BUILT_IN_ROLES).map(([identifier, role]) => ({
  ...customRole(identifier, role.permissions),
  role: { ...customRole(identifier, role.permissions).role, name: role.name, description: role.description },
  scope: null,
  harnessManaged: true,
}));

/** Somebody has a role at the account level. */
export function assignmentOf(
  principal: RoleAssignmentAggregate['principal'],
  role: RoleResponse,
): RoleAssignmentAggregate {
  return {
    identifier: `${principal.identifier}_${role.role.identifier}`,
    principal,
    disabled: false,
    role,
    resourceGroup: { identifier: '_all_resources_including_child_scopes', name: 'All' },
    scope: account,
    createdAt: 1,
    lastModifiedAt: 1,
    harnessManaged: false,
  };
}

/** A user group with these members. */
export function userGroup(identifier: string, users: readonly string[]): UserGroup {
  return {
    ...account,
    identifier,
    name: identifier,
    description: '',
    tags: { team: 'x' },
    notificationConfigs: [],
    isSsoLinked: false,
    ssoLinked: false,
    linkedSsoId: null,
    linkedSsoType: null,
    linkedSsoDisplayName: null,
    ssoGroupId: null,
    ssoGroupName: null,
    externallyManaged: false,
    harnessManaged: false,
    users: [...users],
  };
}
