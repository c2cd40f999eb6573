import { type Kysely, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import { type ApiKey, type ApiKeyOwner, toApiKey } from './api-key.ts';
import { narrowing } from './narrowing.ts';
import type { OwnedQuery, OwnedRows } from './owned-page.ts';

/** What an API key is told to be, and may be told anew. */
export type ApiKeySettings = Pick<ApiKey, 'name' | 'description' | 'tags' | 'defaultTimeToExpire'>;

/** The queries on API keys, which hold tokens. */
export function apiKeyStore(db: Kysely<Tables>, engine: Engine) {
  const ofOwner = ({ type, id }: ApiKeyOwner) =>
    db.selectFrom('api_keys').where('owner_type', '=', type).where('owner_id', '=', id);

  return {
    async find(owner: ApiKeyOwner, identifier: string): Promise<ApiKey | undefined> {
      const row = await ofOwner(owner).selectAll().where('identifier', '=', identifier).executeTakeFirst();
      return row && toApiKey(row);
    },

    /** Like `find`, and keeps others from changing the row or giving it tokens until the transaction ends. */
    async findForChange(owner: ApiKeyOwner, identifier: string): Promise<ApiKey | undefined> {
      const query = ofOwner(owner).selectAll().where('identifier', '=', identifier);
      const row = await (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
      return row && toApiKey(row);
    },

    /** Every API key of an owner, by name. */
    async findAll(owner: ApiKeyOwner): Promise<ApiKey[]> {
      const rows = await ofOwner(owner).selectAll().orderBy('name').orderBy('id').execute();
      return rows.map(toApiKey);
    },

    /** A page of an owner's API keys, each with the number of its tokens. */
    async list(owner: ApiKeyOwner, query: OwnedQuery): Promise<OwnedRows<{ key: ApiKey; tokens: number }>> {
      const matching = narrowing('api_keys', query).reduce((all, one) => all.where(one), ofOwner(owner));
      const rows = await matching
        .selectAll('api_keys')
        .select((eb) =>
          eb
            .selectFrom('tokens')
            .select(sql<number | string>`count(*)`.as('total'))
            .whereRef('tokens.api_key_id', '=', 'api_keys.id')
            .as('tokens'),
        )
        .orderBy(query.sort.column, query.sort.direction)
        .orderBy('id', query.sort.direction)
        .limit(query.limit)
        .offset(query.offset)
        .execute();
      const { total } = await matching.select(sql<number | string>`count(*)`.as('total')).executeTakeFirstOrThrow();
      return {
        rows: rows.map(({ tokens, ...row }) => ({ key: toApiKey(row), tokens: Number(tokens ?? 0) })),
        total: Number(total),
      };
    },

    /** @throws the engine's unique violation when the identifier is taken. */
    async insert(owner: ApiKeyOwner, identifier: string, settings: ApiKeySettings, now: string): Promise<ApiKey> {
      const id = uuid();
      await db
        .insertInto('api_keys')
        .values({
          id,
          owner_type: owner.type,
          owner_id: owner.id,
          identifier,
          ...columnsOf(settings),
          created_at: now,
          updated_at: now,
        })
        .execute();
      return { id, owner, identifier, ...settings, createdAt: now, updatedAt: now };
    },

    async update(key: ApiKey, settings: ApiKeySettings, now: string): Promise<ApiKey> {
      await db
        .updateTable('api_keys')
        .set({ ...columnsOf(settings), updated_at: now })
        .where('id', '=', key.id)
        .execute();
      return { ...key, ...settings, updatedAt: now };
    },

    /** Removes an API key with its tokens. */
    async remove({ id }: ApiKey): Promise<void> {
      await db.deleteFrom('tokens').where('api_key_id', '=', id).execute();
      await db.deleteFrom('api_keys').where('id', '=', id).execute();
    },
  };
}

function columnsOf({ name, description, tags, defaultTimeToExpire }: ApiKeySettings) {
  return { name, description, tags: JSON.stringify(tags), default_time_to_expire: defaultTimeToExpire ?? null };
}
