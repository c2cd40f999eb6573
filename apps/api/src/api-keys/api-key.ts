import type { ApiKeyType, Tags } from '@wardline/contracts';
import type { ApiKeyRow } from '../db/schema-identity.ts';
import type { Place } from '../db/scope-columns.ts';

/** Whose an API key is. */
export interface ApiKeyOwner {
  readonly type: ApiKeyType;
  /** The database's id. */
  readonly id: string;
}

/** The owner as a request names it. */
export interface NamedOwner extends ApiKeyOwner {
  /** What the API calls it: the id of a user, the ID of a service account. */
  readonly identifier: string;
  /** Where it lives; a person at the account level. */
  readonly place: Place;
}

/** A named holder of tokens. */
export interface ApiKey {
  readonly id: string;
  readonly owner: ApiKeyOwner;
  readonly identifier: string;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  /** How long its tokens live unless they say otherwise, in milliseconds. */
  readonly defaultTimeToExpire: number | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    owner: { type: row.owner_type, id: row.owner_id },
    identifier: row.identifier,
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags),
    // PostgreSQL's driver answers what has 64 bits as text.
    defaultTimeToExpire: row.default_time_to_expire === null ? undefined : Number(row.default_time_to_expire),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
