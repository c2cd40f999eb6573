import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Secret } from './secret.ts';
import { describeSecret } from './secret-response.ts';

/** A secret as the audit log shows it: what the API answers, its version and which one first had its value, never the value. */
export function auditedSecret(secret: Secret): object {
  return { ...describeSecret(secret), version: secret.version, valueOf: secret.value.number };
}

/** Which secret an event is about. */
export function secretResource({
  identifier,
  name,
  place,
}: Pick<Secret, 'identifier' | 'name' | 'place'>): Pick<AuditEntry, 'resource' | 'place'> {
  return { resource: { type: 'SECRET', identifier, name }, place };
}
