import { v7 as uuid } from 'uuid';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Stores } from '../stores.ts';
import { assignmentName } from './audited-assignment.ts';

/** Gives a new user a role of the account; inside the transaction that makes the user. @returns its event. */
export async function assignToUser(
  { roleAssignments }: Pick<Stores, 'roleAssignments'>,
  user: { readonly id: string; readonly email: string; readonly name: string },
  roleIdentifier: string,
  now: string,
): Promise<AuditEntry> {
  const identifier = `role_assignment_${uuid().replaceAll('-', '')}`;
  const role = { identifier: roleIdentifier, place: {} };
  await roleAssignments.insert({}, { identifier, role, principal: { type: 'USER', id: user.id } }, now);
  return {
    action: 'ROLE_ASSIGNMENT_CREATED',
    resource: { type: 'ROLE_ASSIGNMENT', identifier, name: assignmentName(roleIdentifier, user.name) },
    place: {},
    after: { role: roleIdentifier, principal: user.email },
  };
}
