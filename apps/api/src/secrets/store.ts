import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../db/client.ts';
import { entityCounts } from '../db/entity-counts.ts';
import { type ListQuery, listRows } from '../db/list-rows.ts';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { searchText } from '../db/search.ts';
import { type Secret, toSecret } from './secret.ts';

export type SecretStore = ReturnType<typeof secretStore>;

/** Everything but the value and the text that searches look through. */
const COLUMNS = [
  'secrets.id',
  'secrets.org_id',
  'secrets.project_id',
  'secrets.identifier',
  'secrets.name',
  'secrets.description',
  'secrets.tags',
  'secrets.type',
  'secrets.secret_manager',
  'secrets.version',
  'secrets.created_at',
  'secrets.updated_at',
] as const;

/** Which secret, exactly. */
export interface SecretAddress {
  readonly place: Place;
  readonly identifier: string;
}

/** An encrypted value and the version that it is bound to. */
export interface SealedValue {
  readonly version: number;
  readonly ciphertext: string;
}

/** A secret with its encrypted value. */
export type SealedSecret = Secret & SealedValue;

type Description = Pick<Secret, 'name' | 'description' | 'tags'>;

/** The queries on secrets. */
export function secretStore(db: Kysely<Tables>, engine: Engine) {
  const counts = entityCounts(db, 'secret');

  function select(addresses: readonly SecretAddress[]) {
    return db
      .selectFrom('secrets')
      .select(COLUMNS)
      .where((eb) => eb.or(addresses.map(({ place, identifier }) => eb.and({ ...toColumns(place), identifier }))));
  }

  return {
    async find(address: SecretAddress): Promise<Secret | undefined> {
      const row = await select([address]).executeTakeFirst();
      return row && toSecret(row);
    },

    /** Like `find`, and keeps others from changing or referring to the row until the transaction ends. */
    async findForChange(address: SecretAddress): Promise<Secret | undefined> {
      const query = select([address]);
      const row = await (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
      return row && toSecret(row);
    },

    /** The secrets at these addresses, in no order; none of them can be deleted until the transaction ends. */
    async findForUse(addresses: readonly SecretAddress[]): Promise<Secret[]> {
      if (addresses.length === 0) return [];
      const query = select(addresses);
      return (await (engine === 'postgres' ? query.forShare() : query).execute()).map(toSecret);
    },

    /** The secrets at these addresses with their encrypted values, in no order. */
    async findSealed(addresses: readonly SecretAddress[]): Promise<SealedSecret[]> {
      if (addresses.length === 0) return [];
      const rows = await select(addresses).select('secrets.ciphertext').execute();
      return rows.map((row) => ({ ...toSecret(row), ciphertext: row.ciphertext }));
    },

    async exists(address: SecretAddress): Promise<boolean> {
      return (await select([address]).clearSelect().select('id').executeTakeFirst()) !== undefined;
    },

    async list(query: ListQuery) {
      const { rows, ...rest } = await listRows({
        db,
        table: 'secrets',
        query,
        load: (page, { direction }) =>
          db
            .selectFrom('secrets')
            .innerJoin(page, 'page.id', 'secrets.id')
            .select([...COLUMNS, 'page.sort_key'])
            .orderBy('page.sort_key', direction)
            .orderBy('secrets.id', direction)
            .execute(),
      });
      return { ...rest, rows: rows.map(toSecret) };
    },

    /** Adds a secret and counts it. @throws the engine's unique violation when the identifier is taken. */
    async insert(
      { place, identifier }: SecretAddress,
      description: Description & Pick<Secret, 'secretManager'>,
      sealed: SealedValue,
      now: string,
    ): Promise<Secret> {
      await counts.add(place, 1);
      const row = {
        id: uuid(),
        ...toColumns(place),
        identifier,
        type: 'SecretText' as const,
        ...describe(identifier, description),
        secret_manager: description.secretManager,
        version: sealed.version,
        created_at: now,
        updated_at: now,
      };
      await db
        .insertInto('secrets')
        .values({ ...row, ciphertext: sealed.ciphertext })
        .execute();
      return toSecret(row);
    },

    /** Replaces the description and, where one is given, the value. */
    async update(
      secret: Secret,
      description: Description,
      sealed: SealedValue | undefined,
      now: string,
    ): Promise<Secret> {
      await db
        .updateTable('secrets')
        .set({ ...describe(secret.identifier, description), ...sealed, updated_at: now })
        .where('id', '=', secret.id)
        .execute();
      return { ...secret, ...description, version: sealed?.version ?? secret.version, updatedAt: now };
    },

    /** Removes a secret with its value, and counts it out. */
    async remove({ id, place }: Secret): Promise<void> {
      await counts.add(place, -1);
      await db.deleteFrom('secrets').where('id', '=', id).execute();
    },
  };
}

function describe(identifier: string, { name, description, tags }: Description) {
  return {
    name,
    description,
    tags: JSON.stringify(tags),
    search_text: searchText({ identifier, name, description, tags }),
  };
}
