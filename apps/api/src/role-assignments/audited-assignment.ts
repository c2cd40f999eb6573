import { type AuditAction, BUILT_IN_ROLES } from '@wardline/contracts';
import { isBuiltInRole } from '../access/store.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { toAssignmentResponse } from './assignment-response.ts';
import type { RoleAssignment } from './role-assignment.ts';

/** The event of an assignment that was made or changed. */
export function assignmentEvent(
  action: Extract<AuditAction, 'ROLE_ASSIGNMENT_CREATED' | 'ROLE_ASSIGNMENT_UPDATED'>,
  { before, after }: { readonly before?: RoleAssignment; readonly after: RoleAssignment },
  accountId: string,
): AuditEntry {
  return {
    action,
    ...assignmentResource(after),
    ...(before && { before: auditedAssignment(before, accountId) }),
    after: auditedAssignment(after, accountId),
  };
}

/** The event of an assignment that was deleted, by itself or with its role or its principal. */
export function assignmentDeleted(before: RoleAssignment, accountId: string): AuditEntry {
  return {
    action: 'ROLE_ASSIGNMENT_DELETED',
    ...assignmentResource(before),
    before: auditedAssignment(before, accountId),
  };
}

function assignmentResource({
  identifier,
  principal,
  role,
  place,
}: RoleAssignment): Pick<AuditEntry, 'resource' | 'place'> {
  return {
    resource: { type: 'ROLE_ASSIGNMENT', identifier, name: assignmentName(role.identifier, principal.name) },
    place,
  };
}

/** What an assignment is called where people read of it: it has no name of its own. */
export function assignmentName(roleIdentifier: string, principalName: string): string {
  const role = isBuiltInRole(roleIdentifier) ? BUILT_IN_ROLES[roleIdentifier].name : roleIdentifier;
  return `${role} for ${principalName}`;
}

function auditedAssignment(assignment: RoleAssignment, accountId: string): object {
  return toAssignmentResponse(assignment, accountId).roleAssignment;
}
