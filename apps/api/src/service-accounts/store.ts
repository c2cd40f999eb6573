import { type Kysely, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { assignmentsWithRoles } from '../access/assignments-with-roles.ts';
import type { Engine } from '../db/client.ts';
import { type ListQuery, listRows } from '../db/list-rows.ts';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { searchText } from '../db/search.ts';
import { type ServiceAccount, toServiceAccount } from './service-account.ts';

export type ServiceAccountStore = ReturnType<typeof serviceAccountStore>;

/** Which service account, exactly. */
export interface ServiceAccountAddress {
  readonly place: Place;
  readonly identifier: string;
}

/** What a service account is told to be, and may be told anew. */
export type ServiceAccountSettings = Pick<ServiceAccount, 'name' | 'email' | 'description' | 'tags'>;

const COLUMNS = [
  'service_accounts.id',
  'service_accounts.org_id',
  'service_accounts.project_id',
  'service_accounts.identifier',
  'service_accounts.name',
  'service_accounts.email',
  'service_accounts.description',
  'service_accounts.tags',
  'service_accounts.created_at',
  'service_accounts.updated_at',
] as const;

/** The queries on service accounts: the identities of programs. */
export function serviceAccountStore(db: Kysely<Tables>, engine: Engine) {
  const select = ({ place, identifier }: ServiceAccountAddress) =>
    db
      .selectFrom('service_accounts')
      .select(COLUMNS)
      .where((eb) => eb.and({ ...toColumns(place), identifier }));

  return {
    async find(address: ServiceAccountAddress): Promise<ServiceAccount | undefined> {
      const row = await select(address).executeTakeFirst();
      return row && toServiceAccount(row);
    },

    /** Like `find`, and keeps others from changing the row, or giving it keys or roles, until the transaction ends. */
    async findForChange(address: ServiceAccountAddress): Promise<ServiceAccount | undefined> {
      const query = select(address);
      const row = await (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
      return row && toServiceAccount(row);
    },

    async list(query: ListQuery) {
      const { rows, ...rest } = await listRows({
        db,
        engine,
        table: 'service_accounts',
        query,
        load: (page, { direction }) =>
          db
            .selectFrom('service_accounts')
            .innerJoin(page, 'page.id', 'service_accounts.id')
            .select([...COLUMNS, 'page.sort_key'])
            .orderBy('page.sort_key', direction)
            .orderBy('service_accounts.id', direction)
            .execute(),
      });
      return { ...rest, rows: rows.map(toServiceAccount) };
    },

    /** How many tokens each of them has; those without any are not in it. */
    async countTokens(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('tokens')
        .innerJoin('api_keys', 'api_keys.id', 'tokens.api_key_id')
        .select(['api_keys.owner_id', sql<number | string>`count(*)`.as('total')])
        .where('api_keys.owner_type', '=', 'SERVICE_ACCOUNT')
        .where('api_keys.owner_id', 'in', ids)
        .groupBy('api_keys.owner_id')
        .execute();
      return new Map(rows.map(({ owner_id, total }) => [owner_id, Number(total)]));
    },

    /** The roles that each of them has, the oldest first; the name is null for a built-in role. */
    async findRoles(ids: readonly string[]) {
      if (ids.length === 0) return [];
      return assignmentsWithRoles(db)
        .select([
          'assignment.principal_id',
          'assignment.identifier',
          'assignment.role_identifier',
          'assignment.resource_group',
          'roles.name',
        ])
        .where('assignment.principal_type', '=', 'SERVICE_ACCOUNT')
        .where('assignment.principal_id', 'in', ids)
        .orderBy('assignment.created_at')
        .orderBy('assignment.id')
        .execute();
    },

    /** @throws the engine's unique violation when the identifier is taken. */
    async insert(
      { place, identifier }: ServiceAccountAddress,
      settings: ServiceAccountSettings,
      now: string,
    ): Promise<ServiceAccount> {
      const id = uuid();
      const row = { id, ...toColumns(place), identifier, ...describe(identifier, settings) };
      await db
        .insertInto('service_accounts')
        .values({ ...row, created_at: now, updated_at: now })
        .execute();
      return { id, place, identifier, ...settings, createdAt: now, updatedAt: now };
    },

    async update(account: ServiceAccount, settings: ServiceAccountSettings, now: string): Promise<ServiceAccount> {
      await db
        .updateTable('service_accounts')
        .set({ ...describe(account.identifier, settings), updated_at: now })
        .where('id', '=', account.id)
        .execute();
      return { ...account, ...settings, updatedAt: now };
    },

    async remove({ id }: ServiceAccount): Promise<void> {
      await db.deleteFrom('service_accounts').where('id', '=', id).execute();
    },
  };
}

function describe(identifier: string, { name, email, description, tags }: ServiceAccountSettings) {
  return {
    name,
    email,
    description,
    tags: JSON.stringify(tags),
    search_text: searchText({ identifier, name, description, tags }),
  };
}
