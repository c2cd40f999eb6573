import type { AuditEntry } from '../audit/audit-entry.ts';
import type { UserRecord } from './user.ts';

/** A user as the audit log shows it. */
export function auditedUser({ email, name, disabled, secondFactor }: UserRecord): object {
  return { email, name, disabled, secondFactor };
}

/** Which user an event is about. Users belong to the account. */
export function userResource({
  email,
  name,
}: Pick<UserRecord, 'email' | 'name'>): Pick<AuditEntry, 'resource' | 'place'> {
  return { resource: { type: 'USER', identifier: email, name }, place: {} };
}
