import type { AuditEntry } from '../audit/audit-entry.ts';
import type { GroupWithMembers, Member, UserGroup } from './user-group.ts';

/** A group as the audit log shows it. */
export function auditedGroup({ group, members }: GroupWithMembers): object {
  const { identifier, name, description, tags } = group;
  return { identifier, name, description, tags, users: members.map(({ email }) => email) };
}

/** Which group an event is about. */
export function groupResource({ identifier, name, place }: UserGroup): Pick<AuditEntry, 'resource' | 'place'> {
  return { resource: { type: 'USER_GROUP', identifier, name }, place };
}

/** One event for each user who came or went. */
export function membershipEvents(
  action: 'ADD_MEMBERSHIP' | 'REMOVE_MEMBERSHIP',
  group: UserGroup,
  members: readonly Member[],
): AuditEntry[] {
  return members.map(({ id, email }) => ({ action, ...groupResource(group), details: { user: email, userId: id } }));
}
