import type { Finding, SecretType, Tags } from '@wardline/contracts';
import type { SecretRow, SecretValueRow } from '../db/schema-secrets.ts';
import { fromColumns, type Place } from '../db/scope-columns.ts';

/** What is known about a secret; its value is loaded only to be used. */
export interface Secret {
  readonly id: string;
  readonly place: Place;
  readonly identifier: string;
  readonly type: SecretType;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  /** Reference to the secret manager, as given. A bare one means the secret's own scope. */
  readonly secretManager: string;
  /** Number of the current version. Every change makes one. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly value: ValueFacts;
}

/** What is known about a stored value besides the value. */
export interface ValueFacts {
  readonly id: string;
  /** The version that first had it; part of what it is bound to. */
  readonly number: number;
  /** Of the plaintext. */
  readonly byteLength: number;
  readonly encryptedAt: string;
  readonly provenAt: string | null;
  readonly proofFailedAt: string | null;
  readonly proofFailure: Finding | null;
}

/** The columns of `secret_values` that tell about a value. */
export const VALUE_COLUMNS = [
  'secret_values.id as value_id',
  'secret_values.number',
  'secret_values.byte_length',
  'secret_values.encrypted_at',
  'secret_values.proven_at',
  'secret_values.proof_failed_at',
  'secret_values.proof_failure',
] as const;

export type ValueFactsRow = Pick<
  SecretValueRow,
  'number' | 'byte_length' | 'encrypted_at' | 'proven_at' | 'proof_failed_at' | 'proof_failure'
> & { readonly value_id: string };

export function toValueFacts(row: ValueFactsRow): ValueFacts {
  return {
    id: row.value_id,
    number: row.number,
    byteLength: row.byte_length,
    encryptedAt: row.encrypted_at,
    provenAt: row.proven_at,
    proofFailedAt: row.proof_failed_at,
    proofFailure: row.proof_failure === null ? null : JSON.parse(row.proof_failure),
  };
}

export function toSecret(row: Omit<SecretRow, 'search_text'> & ValueFactsRow): Secret {
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
    value: toValueFacts(row),
  };
}
