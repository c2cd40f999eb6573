import type { KeyObject } from 'node:crypto';
import { delegateTokenKey } from '@wardline/delegate-protocol';
import { type MasterKey, open, seal } from '@wardline/envelope';
import type { DelegateTokenRow } from '../db/schema-delegates.ts';
import { fromColumns, type Place } from '../db/scope-columns.ts';

/** What delegates of one scope connect with. Times are ISO 8601. */
export interface DelegateToken {
  readonly id: string;
  readonly place: Place;
  readonly name: string;
  /** What a delegate names it by. */
  readonly tokenId: string;
  /** base64 of the token, encrypted under the master key. */
  readonly sealedValue: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

export function toDelegateToken(row: DelegateTokenRow): DelegateToken {
  return {
    id: row.id,
    place: fromColumns(row),
    name: row.name,
    tokenId: row.token_id,
    sealedValue: row.sealed_value,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}

/** Binds the value to its row: it opens nowhere else. */
const sealingContext = (tokenId: string) => ({ purpose: 'delegate-token', tokenId });

/** The value as it is stored. */
export function sealTokenValue(masterKey: MasterKey, tokenId: string, value: string): string {
  return Buffer.from(seal(masterKey, Buffer.from(value), sealingContext(tokenId))).toString('base64');
}

/** The value as people put it into `DELEGATE_TOKEN`. */
export function openTokenValue(masterKey: MasterKey, { tokenId, sealedValue }: DelegateToken): string {
  return Buffer.from(open(masterKey, Buffer.from(sealedValue, 'base64'), sealingContext(tokenId))).toString();
}

/** The key that proofs of the token are checked with. */
export function tokenKey(masterKey: MasterKey, token: DelegateToken): KeyObject {
  return delegateTokenKey(openTokenValue(masterKey, token));
}
