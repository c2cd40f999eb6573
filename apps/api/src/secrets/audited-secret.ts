import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Secret } from './secret.ts';
import { toSecretResponse } from './secret-response.ts';

/** A secret as the audit log shows it: what the API answers, and the number of its value, never the value. */
export function auditedSecret(secret: Secret): object {
  return { ...toSecretResponse(secret).secret, version: secret.version };
}

/** Which secret an event is about. */
export function secretResource({
  identifier,
  name,
  place,
}: Pick<Secret, 'identifier' | 'name' | 'place'>): Pick<AuditEntry, 'resource' | 'place'> {
  return { resource: { type: 'SECRET', identifier, name }, place };
}
