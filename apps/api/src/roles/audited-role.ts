import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Role } from './role.ts';

/** A role as the audit log shows it. */
export function auditedRole({ identifier, name, description, tags, permissions }: Role): object {
  return { identifier, name, description, tags, permissions };
}

/** Which role an event is about. */
export function roleResource({ identifier, name, place }: Role): Pick<AuditEntry, 'resource' | 'place'> {
  return { resource: { type: 'ROLE', identifier, name }, place };
}
