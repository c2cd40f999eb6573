import { type Kysely, sql } from 'kysely';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import { narrowing } from './narrowing.ts';
import type { OwnedQuery, OwnedRows } from './owned-page.ts';
import { type Token, toToken } from './token.ts';

export type TokenStore = ReturnType<typeof tokenStore>;

/** A token to be stored: what is stored of its secret is a hash. */
export interface NewToken extends Pick<Token, 'id' | 'identifier' | 'name' | 'description' | 'tags'> {
  readonly secretHash: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** What may change about a token. */
export type TokenSettings = Pick<
  Token,
  'identifier' | 'name' | 'description' | 'tags' | 'validFrom' | 'validTo' | 'scheduledExpireAt'
>;

/** Everything but the hash, which only the check of a request reads. */
const COLUMNS = [
  'id',
  'api_key_id',
  'identifier',
  'name',
  'description',
  'tags',
  'valid_from',
  'valid_to',
  'scheduled_expire_at',
  'last_used_at',
  'created_at',
  'updated_at',
] as const;

/** The queries on tokens, which programs send. */
export function tokenStore(db: Kysely<Tables>, engine: Engine) {
  return {
    async findForChange(apiKeyId: string, identifier: string): Promise<Token | undefined> {
      const query = db
        .selectFrom('tokens')
        .select(COLUMNS)
        .where('api_key_id', '=', apiKeyId)
        .where('identifier', '=', identifier);
      const row = await (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
      return row && toToken(row);
    },

    /** Every token of an API key, in no order. */
    async findOfKey(apiKeyId: string): Promise<Token[]> {
      const rows = await db.selectFrom('tokens').select(COLUMNS).where('api_key_id', '=', apiKeyId).execute();
      return rows.map(toToken);
    },

    /** A page of an API key's tokens. */
    async list(apiKeyId: string, query: OwnedQuery): Promise<OwnedRows<Token>> {
      const matching = narrowing('tokens', query).reduce(
        (all, one) => all.where(one),
        db.selectFrom('tokens').where('api_key_id', '=', apiKeyId),
      );
      const rows = await matching
        .select(COLUMNS)
        .orderBy(query.sort.column, query.sort.direction)
        .orderBy('id', query.sort.direction)
        .limit(query.limit)
        .offset(query.offset)
        .execute();
      const { total } = await matching.select(sql<number | string>`count(*)`.as('total')).executeTakeFirstOrThrow();
      return { rows: rows.map(toToken), total: Number(total) };
    },

    /** @throws the engine's unique violation when the identifier is taken. */
    async insert(apiKeyId: string, { secretHash, ...token }: NewToken, now: string): Promise<Token> {
      const stored = {
        ...token,
        apiKeyId,
        scheduledExpireAt: null,
        lastUsedAt: null,
        createdAt: now,
        updatedAt: now,
      };
      await db
        .insertInto('tokens')
        .values({
          id: token.id,
          api_key_id: apiKeyId,
          ...columnsOf(stored),
          secret_hash: secretHash,
          last_used_at: null,
          created_at: now,
          updated_at: now,
        })
        .execute();
      return stored;
    },

    async update(token: Token, settings: TokenSettings, now: string): Promise<Token> {
      await db
        .updateTable('tokens')
        .set({ ...columnsOf(settings), updated_at: now })
        .where('id', '=', token.id)
        .execute();
      return { ...token, ...settings, updatedAt: now };
    },

    async remove({ id }: Token): Promise<void> {
      await db.deleteFrom('tokens').where('id', '=', id).execute();
    },

    /** Remembers when tokens were last used. */
    async markUsed(used: ReadonlyMap<string, Date>): Promise<void> {
      for (const [id, at] of used) {
        await db.updateTable('tokens').set({ last_used_at: at.toISOString() }).where('id', '=', id).execute();
      }
    },
  };
}

function columnsOf({ identifier, name, description, tags, validFrom, validTo, scheduledExpireAt }: TokenSettings) {
  return {
    identifier,
    name,
    description,
    tags: JSON.stringify(tags),
    valid_from: validFrom,
    valid_to: validTo,
    scheduled_expire_at: scheduledExpireAt,
  };
}
