import type { Tags } from '@wardline/contracts';
import type { SecretRow } from '../db/schema.ts';
import { fromColumns, type Place } from '../db/scope-columns.ts';

/** What is known about a secret; its value is loaded only to be used. */
export interface Secret {
  readonly id: string;
  readonly place: Place;
  readonly identifier: string;
  readonly type: SecretRow['type'];
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  /** Reference to the secret manager, as given. A bare one means the secret's own scope. */
  readonly secretManager: string;
  /** Counts the values that it has had; part of what the current one is bound to. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function toSecret(row: Omit<SecretRow, 'ciphertext' | 'search_text'>): Secret {
  return {
    id: row.id,
    place: fromColumns(row),
    identifier: row.identifier,
    type: row.type,
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags),
    secretManager: row.secret_manager,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
