import type { AuditEntry } from '../audit/audit-entry.ts';
import type { ServiceAccount } from './service-account.ts';

/** A service account as the audit log shows it. */
export function auditedServiceAccount({ identifier, name, email, description, tags }: ServiceAccount): object {
  return { identifier, name, email, description, tags };
}

/** Which service account an event is about. */
export function serviceAccountResource({
  identifier,
  name,
  place,
}: ServiceAccount): Pick<AuditEntry, 'resource' | 'place'> {
  return { resource: { type: 'SERVICE_ACCOUNT', identifier, name }, place };
}
