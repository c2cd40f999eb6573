import type { Tags } from '@wardline/contracts';
import type { ServiceAccountRow } from '../db/schema-identity.ts';
import { fromColumns, type Place } from '../db/scope-columns.ts';

/** The identity of a program. */
export interface ServiceAccount {
  readonly id: string;
  readonly place: Place;
  readonly identifier: string;
  readonly name: string;
  readonly email: string;
  readonly description: string;
  readonly tags: Tags;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function toServiceAccount(row: Omit<ServiceAccountRow, 'search_text'>): ServiceAccount {
  return {
    id: row.id,
    place: fromColumns(row),
    identifier: row.identifier,
    name: row.name,
    email: row.email,
    description: row.description,
    tags: JSON.parse(row.tags),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
