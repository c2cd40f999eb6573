import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Tables } from '../db/schema.ts';

export type ApiKeyStore = ReturnType<typeof apiKeyStore>;

export interface ApiKeyOwner {
  readonly type: 'USER' | 'SERVICE_ACCOUNT';
  readonly id: string;
}

interface Description {
  readonly identifier: string;
  readonly name: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface TokenSettings extends Description {
  /** The part of the token text that names it. */
  readonly id: string;
  readonly secretHash: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** The queries on API keys, which hold tokens, and on tokens, which programs send. */
export function apiKeyStore(db: Kysely<Tables>) {
  return {
    /** @returns its id. @throws the engine's unique violation when the identifier is taken. */
    async insertKey(
      owner: ApiKeyOwner,
      { tags, ...settings }: Description & { readonly defaultTimeToExpire: number | null },
      now: string,
    ): Promise<string> {
      const id = uuid();
      const { defaultTimeToExpire, ...description } = settings;
      await db
        .insertInto('api_keys')
        .values({
          id,
          owner_type: owner.type,
          owner_id: owner.id,
          ...description,
          tags: JSON.stringify(tags),
          default_time_to_expire: defaultTimeToExpire,
          created_at: now,
          updated_at: now,
        })
        .execute();
      return id;
    },

    /** @throws the engine's unique violation when the identifier is taken. */
    async insertToken(apiKeyId: string, token: TokenSettings, now: string): Promise<void> {
      const { tags, secretHash, validFrom, validTo, ...description } = token;
      await db
        .insertInto('tokens')
        .values({
          ...description,
          api_key_id: apiKeyId,
          tags: JSON.stringify(tags),
          secret_hash: secretHash,
          valid_from: validFrom,
          valid_to: validTo,
          scheduled_expire_at: null,
          last_used_at: null,
          created_at: now,
          updated_at: now,
        })
        .execute();
    },

    /** Remembers when tokens were last used. */
    async markUsed(used: ReadonlyMap<string, Date>): Promise<void> {
      for (const [id, at] of used) {
        await db.updateTable('tokens').set({ last_used_at: at.toISOString() }).where('id', '=', id).execute();
      }
    },
  };
}
