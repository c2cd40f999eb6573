import type { ExpressionBuilder, Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../db/client.ts';
import { entityCounts } from '../db/entity-counts.ts';
import { type ListQuery, listRows } from '../db/list-rows.ts';
import type { Tables } from '../db/schema.ts';
import type { SecretValueRow } from '../db/schema-secrets.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { searchText } from '../db/search.ts';
import { type Secret, toSecret, VALUE_COLUMNS } from './secret.ts';
import { type SealedValue, secretValueStore } from './values/store.ts';
import { type NewVersion, secretVersionStore } from './versions/store.ts';

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

/** A secret with its encrypted value. */
export type SealedSecret = Secret & { readonly sealed: SealedValue };

type Description = Pick<Secret, 'name' | 'description' | 'tags'>;

/** The queries on secrets. */
export function secretStore(db: Kysely<Tables>, engine: Engine) {
  const counts = entityCounts(db, 'secret');
  const values = secretValueStore(db);
  const versions = secretVersionStore(db);

  /**
   * The rows at these addresses, to be locked before `select` reads: a read that waits for a lock sees the row as it is
   * then, but looks for the value that it had before, and finds nothing.
   */
  const rows = (addresses: readonly SecretAddress[]) =>
    db.selectFrom('secrets').select('secrets.id').where(isAtOneOf(addresses));

  const selectWithValues = () =>
    db
      .selectFrom('secrets')
      .innerJoin('secret_values', 'secret_values.id', 'secrets.value_id')
      .select([...COLUMNS, ...VALUE_COLUMNS]);

  const select = (addresses: readonly SecretAddress[]) => selectWithValues().where(isAtOneOf(addresses));

  return {
    async find(address: SecretAddress): Promise<Secret | undefined> {
      const row = await select([address]).executeTakeFirst();
      return row && toSecret(row);
    },

    async findById(id: string): Promise<Secret | undefined> {
      const row = await selectWithValues().where('secrets.id', '=', id).executeTakeFirst();
      return row && toSecret(row);
    },

    /** Like `find`, and keeps others from changing or referring to the row until the transaction ends. */
    async findForChange(address: SecretAddress): Promise<Secret | undefined> {
      if (engine === 'postgres') await rows([address]).forUpdate().execute();
      const row = await select([address]).executeTakeFirst();
      return row && toSecret(row);
    },

    /** The secrets at these addresses, in no order; none of them can be deleted until the transaction ends. */
    async findForUse(addresses: readonly SecretAddress[]): Promise<Secret[]> {
      if (addresses.length === 0) return [];
      if (engine === 'postgres') await rows(addresses).forShare().execute();
      return (await select(addresses).execute()).map(toSecret);
    },

    /** The secrets at these addresses with their encrypted values, in no order. */
    async findSealed(addresses: readonly SecretAddress[]): Promise<SealedSecret[]> {
      if (addresses.length === 0) return [];
      const found = await select(addresses)
        .select(['secret_values.data_key_id', 'secret_values.message', 'secret_values.body_id'])
        .execute();
      return found.map((row) => ({ ...toSecret(row), sealed: toSealedValue(row) }));
    },

    async exists(address: SecretAddress): Promise<boolean> {
      return (await rows([address]).executeTakeFirst()) !== undefined;
    },

    async list(query: ListQuery) {
      const { rows: listed, ...rest } = await listRows({
        db,
        engine,
        table: 'secrets',
        query,
        load: (page, { direction }) =>
          db
            .selectFrom('secrets')
            .innerJoin(page, 'page.id', 'secrets.id')
            .innerJoin('secret_values', 'secret_values.id', 'secrets.value_id')
            .select([...COLUMNS, ...VALUE_COLUMNS, 'page.sort_key'])
            .orderBy('page.sort_key', direction)
            .orderBy('secrets.id', direction)
            .execute(),
      });
      return { ...rest, rows: listed.map(toSecret) };
    },

    /** Adds a secret with its first version, and counts it. @throws the engine's unique violation when the identifier is taken. */
    async insert(
      { place, identifier }: SecretAddress,
      settings: Description & Pick<Secret, 'type' | 'secretManager'>,
      sealed: SealedValue,
      made: NewVersion,
    ): Promise<Secret> {
      await counts.add(place, 1);
      const { createdAt: now } = made;
      const { type, secretManager } = settings;
      const row = {
        id: uuid(),
        ...toColumns(place),
        identifier,
        type,
        ...describe(identifier, settings),
        secret_manager: secretManager,
        version: sealed.number,
        value_id: uuid(),
        created_at: now,
        updated_at: now,
      };
      await db.insertInto('secrets').values(row).execute();
      const value = await values.insert(row.id, sealed, now, row.value_id);
      const { name, description, tags } = settings;
      const { id, version } = row;
      const times = { createdAt: now, updatedAt: now };
      const secret = { id, place, identifier, type, name, description, tags, secretManager, version, ...times, value };
      await versions.insert(secret, made);
      return secret;
    },

    /** Makes the next version of a secret: another description and, where one is given, another value. */
    async update(
      secret: Secret,
      { name, description, tags }: Description,
      value: SealedValue | Secret['value'],
      made: NewVersion,
    ): Promise<Secret> {
      const now = made.createdAt;
      const facts = 'message' in value ? await values.insert(secret.id, value, now) : value;
      const next = { ...secret, name, description, tags, version: secret.version + 1, updatedAt: now, value: facts };
      await db
        .updateTable('secrets')
        .set({ ...describe(secret.identifier, next), version: next.version, value_id: facts.id, updated_at: now })
        .where('id', '=', secret.id)
        .execute();
      await versions.insert(next, made);
      return next;
    },

    /** Another manager keeps the secret from now on; its values are that one's already. No version: it reads as before. */
    async setManager(secret: Secret, secretManager: string): Promise<Secret> {
      await db.updateTable('secrets').set({ secret_manager: secretManager }).where('id', '=', secret.id).execute();
      return { ...secret, secretManager };
    },

    /** Removes a secret with its versions and values, and counts it out. */
    async remove({ id, place }: Secret): Promise<void> {
      await counts.add(place, -1);
      await db.deleteFrom('secret_versions').where('secret_id', '=', id).execute();
      await values.removeUnused(id);
      await db.deleteFrom('secrets').where('id', '=', id).execute();
    },
  };
}

/** True for the secrets at these addresses. */
function isAtOneOf(addresses: readonly SecretAddress[]) {
  return (eb: ExpressionBuilder<Tables, 'secrets'>) =>
    eb.or(addresses.map(({ place, identifier }) => eb.and({ ...toColumns(place), identifier })));
}

function describe(identifier: string, { name, description, tags }: Description) {
  return {
    name,
    description,
    tags: JSON.stringify(tags),
    search_text: searchText({ identifier, name, description, tags }),
  };
}

function toSealedValue(
  row: Pick<SecretValueRow, 'number' | 'data_key_id' | 'message' | 'body_id' | 'byte_length'>,
): SealedValue {
  return {
    number: row.number,
    dataKeyId: row.data_key_id,
    message: row.message,
    bodyId: row.body_id,
    byteLength: row.byte_length,
  };
}
