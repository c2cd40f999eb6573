import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { type DelegateToken, toDelegateToken } from './delegate-token.ts';

/** The queries on delegate tokens. */
export function delegateTokenStore(db: Kysely<Tables>) {
  return {
    async findByTokenId(tokenId: string): Promise<DelegateToken | undefined> {
      const row = await db.selectFrom('delegate_tokens').selectAll().where('token_id', '=', tokenId).executeTakeFirst();
      return row && toDelegateToken(row);
    },

    async findByName(place: Place, name: string): Promise<DelegateToken | undefined> {
      const row = await db
        .selectFrom('delegate_tokens')
        .selectAll()
        .where((eb) => eb.and({ ...toColumns(place), name }))
        .executeTakeFirst();
      return row && toDelegateToken(row);
    },

    /** The tokens of a scope, newest first; with a name, that one. */
    async list(place: Place, name?: string): Promise<DelegateToken[]> {
      const rows = await db
        .selectFrom('delegate_tokens')
        .selectAll()
        .where((eb) => eb.and({ ...toColumns(place), ...(name !== undefined && { name }) }))
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toDelegateToken);
    },

    async revoke(id: string, revokedAt: string): Promise<void> {
      await db.updateTable('delegate_tokens').set({ revoked_at: revokedAt }).where('id', '=', id).execute();
    },

    /** @throws the engine's unique violation when the name is taken. */
    async insert(
      place: Place,
      token: Pick<DelegateToken, 'name' | 'tokenId' | 'sealedValue' | 'createdBy' | 'expiresAt'>,
      now: string,
    ): Promise<DelegateToken> {
      const row = {
        id: uuid(),
        ...toColumns(place),
        name: token.name,
        token_id: token.tokenId,
        sealed_value: token.sealedValue,
        created_by: token.createdBy,
        created_at: now,
        expires_at: token.expiresAt,
        revoked_at: null,
      };
      await db.insertInto('delegate_tokens').values(row).execute();
      return toDelegateToken(row);
    },

    /** The ids of those that are revoked or past their end, of the ones given. */
    async findEnded(ids: readonly string[], now: string): Promise<Map<string, 'revoked-token' | 'expired-token'>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('delegate_tokens')
        .select(['id', 'revoked_at'])
        .where('id', 'in', [...ids])
        .where((eb) => eb.or([eb('revoked_at', 'is not', null), eb('expires_at', '<=', now)]))
        .execute();
      return new Map(rows.map(({ id, revoked_at }) => [id, revoked_at === null ? 'expired-token' : 'revoked-token']));
    },
  };
}
