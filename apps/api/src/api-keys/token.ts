import type { Tags } from '@wardline/contracts';
import type { TokenRow } from '../db/schema-identity.ts';

/** What a program sends, without its secret. */
export interface Token {
  /** The part of the token's text that names it. */
  readonly id: string;
  readonly apiKeyId: string;
  readonly identifier: string;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  /** ISO 8601, UTC; as all times here. */
  readonly validFrom: string;
  /** Null for a token that does not expire. */
  readonly validTo: string | null;
  /** When a token that was rotated stops. */
  readonly scheduledExpireAt: string | null;
  readonly lastUsedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function toToken(row: Omit<TokenRow, 'secret_hash'>): Token {
  return {
    id: row.id,
    apiKeyId: row.api_key_id,
    identifier: row.identifier,
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags),
    validFrom: row.valid_from,
    validTo: row.valid_to,
    scheduledExpireAt: row.scheduled_expire_at,
    lastUsedAt: row.last_used_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** When a token stops opening anything, in epoch milliseconds; Infinity for never. */
export function endOf({ validTo, scheduledExpireAt }: Pick<Token, 'validTo' | 'scheduledExpireAt'>): number {
  return Math.min(millis(validTo), millis(scheduledExpireAt));
}

const millis = (time: string | null): number => (time === null ? Number.POSITIVE_INFINITY : Date.parse(time));
