import {
  type RoleAssignmentAggregate,
  type RoleAssignmentResponse,
  type RoleResponse,
  scopeLevelName,
} from '@wardline/contracts';
import { isBuiltInRole } from '../access/store.ts';
import type { Place } from '../db/scope-columns.ts';
import { samePlace } from '../http/scope.ts';
import type { RoleAssignment } from './role-assignment.ts';

/** The one resource group that there is, with its name. */
export function resourceGroupOfName(identifier: string): RoleAssignmentAggregate['resourceGroup'] {
  return { identifier, name: 'All resources including child scopes' };
}

/** An assignment as the API answers it. */
export function toAssignmentResponse(assignment: RoleAssignment, accountId: string): RoleAssignmentResponse {
  const { role } = assignment;
  return {
    roleAssignment: {
      identifier: assignment.identifier,
      resourceGroupIdentifier: assignment.resourceGroup,
      roleIdentifier: role.identifier,
      roleReference: referenceOf(assignment),
      principal: principalOf(assignment),
      disabled: assignment.disabled,
      managed: false,
    },
    scope: wireScope(assignment.place, accountId),
    ...timesOf(assignment),
    harnessManaged: false,
  };
}

/** An assignment with the names that a list shows. */
export function toAssignmentAggregate(
  assignment: RoleAssignment,
  role: RoleResponse,
  accountId: string,
): RoleAssignmentAggregate {
  const { identifier, principal, disabled } = assignment;
  return {
    identifier,
    principal: { ...principalOf(assignment), name: principal.name, email: principal.email },
    disabled,
    role,
    resourceGroup: resourceGroupOfName(assignment.resourceGroup),
    scope: wireScope(assignment.place, accountId),
    ...timesOf(assignment),
    harnessManaged: false,
  };
}

export function wireScope(place: Place, accountIdentifier: string): RoleAssignmentResponse['scope'] {
  return {
    accountIdentifier,
    orgIdentifier: place.orgIdentifier ?? null,
    projectIdentifier: place.projectIdentifier ?? null,
  };
}

/** What tells a role of a scope above from one of the assignment's own; built-in ones are everywhere. */
function referenceOf({ role: { identifier, place: defined }, place }: RoleAssignment) {
  if (isBuiltInRole(identifier) || samePlace(defined, place)) return null;
  return { identifier, scopeLevel: scopeLevelName(defined) };
}

function principalOf({ principal: { type, identifier, place } }: RoleAssignment) {
  return { type, identifier, scopeLevel: place ? scopeLevelName(place) : null };
}

function timesOf({ createdAt, updatedAt }: RoleAssignment) {
  return { createdAt: Date.parse(createdAt), lastModifiedAt: Date.parse(updatedAt) };
}
