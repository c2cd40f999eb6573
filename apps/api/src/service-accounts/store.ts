import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { searchText } from '../db/search.ts';

export type ServiceAccountStore = ReturnType<typeof serviceAccountStore>;

/** What a service account is told to be. */
export interface ServiceAccountSettings {
  readonly identifier: string;
  readonly name: string;
  readonly email: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The queries on service accounts: the identities of programs. */
export function serviceAccountStore(db: Kysely<Tables>) {
  return {
    /** @returns its id. @throws the engine's unique violation when the identifier is taken. */
    async insert(place: Place, settings: ServiceAccountSettings, now: string): Promise<string> {
      const id = uuid();
      const { tags, ...rest } = settings;
      await db
        .insertInto('service_accounts')
        .values({
          id,
          ...toColumns(place),
          ...rest,
          tags: JSON.stringify(tags),
          search_text: searchText(settings),
          created_at: now,
          updated_at: now,
        })
        .execute();
      return id;
    },
  };
}
