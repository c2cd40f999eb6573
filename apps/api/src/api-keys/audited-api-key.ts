import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Place } from '../db/scope-columns.ts';
import type { ApiKey } from './api-key.ts';
import type { Token } from './token.ts';

/** An API key as the audit log shows it. */
export function auditedApiKey({ identifier, name, description, tags, defaultTimeToExpire, owner }: ApiKey): object {
  return { identifier, name, description, tags, defaultTimeToExpireToken: defaultTimeToExpire ?? null, owner };
}

/** A token as the audit log shows it: the `id` is the part of its text that names it, which is no secret. */
export function auditedToken(token: Token): object {
  const { id, identifier, name, description, tags, validFrom, validTo, scheduledExpireAt } = token;
  return { id, identifier, name, description, tags, validFrom, validTo, scheduledExpireAt };
}

/** Which API key an event is about. */
export function apiKeyResource({ identifier, name }: ApiKey, place: Place): Pick<AuditEntry, 'resource' | 'place'> {
  return { resource: { type: 'API_KEY', identifier, name }, place };
}

/** Which token an event is about, and whose. */
export function tokenResource(
  { identifier, name }: Token,
  key: ApiKey,
  place: Place,
): Pick<AuditEntry, 'resource' | 'place' | 'details'> {
  const details = { apiKey: key.identifier, ownerType: key.owner.type, ownerId: key.owner.id };
  return { resource: { type: 'TOKEN', identifier, name }, place, details };
}
