import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../db/client.ts';
import type { Sort } from '../db/page.ts';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { searchText } from '../db/search.ts';
import { type Role, type RoleSettings, toRole } from './role.ts';

const COLUMNS = [
  'roles.id',
  'roles.org_id',
  'roles.project_id',
  'roles.identifier',
  'roles.name',
  'roles.description',
  'roles.tags',
  'roles.permissions',
  'roles.created_at',
  'roles.updated_at',
] as const;

interface RoleList {
  readonly place: Place;
  readonly conditions: readonly RawBuilder<SqlBool>[];
  readonly sort: Sort;
  readonly offset: number;
  readonly limit: number;
}

/** The queries on roles that people made; the built-in ones are in no database. */
export function roleStore(db: Kysely<Tables>, engine: Engine) {
  function select(place: Place, identifiers: readonly string[]) {
    const { org_id, project_id } = toColumns(place);
    return db
      .selectFrom('roles')
      .select(COLUMNS)
      .where('org_id', '=', org_id)
      .where('project_id', '=', project_id)
      .where('identifier', 'in', identifiers);
  }

  return {
    async find(place: Place, identifier: string): Promise<Role | undefined> {
      const row = await select(place, [identifier]).executeTakeFirst();
      return row && toRole(row);
    },

    /** Roles of one scope, in no order; unknown identifiers are left out. */
    async findMany(place: Place, identifiers: readonly string[]): Promise<Role[]> {
      if (identifiers.length === 0) return [];
      return (await select(place, identifiers).execute()).map(toRole);
    },

    /** Like `find`, and keeps others from changing or assigning the role until the transaction ends. */
    async findForChange(place: Place, identifier: string): Promise<Role | undefined> {
      const query = select(place, [identifier]);
      const row = await (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
      return row && toRole(row);
    },

    /** Some of the roles of a scope that pass the conditions, in order, with the number of all. */
    async listFrom({ place, conditions, sort, offset, limit }: RoleList) {
      const { org_id, project_id } = toColumns(place);
      const matching = conditions.reduce(
        (query, condition) => query.where(condition),
        db.selectFrom('roles').where('org_id', '=', org_id).where('project_id', '=', project_id),
      );
      const [rows, counted] = await Promise.all([
        matching
          .select(COLUMNS)
          .orderBy(`roles.${sort.column}`, sort.direction)
          .orderBy('roles.id', sort.direction)
          .limit(limit)
          .offset(offset)
          .execute(),
        matching.select(sql<number | string>`count(*)`.as('total')).executeTakeFirstOrThrow(),
      ]);
      return { rows: rows.map(toRole), total: Number(counted.total) };
    },

    /** @throws the engine's unique violation when the identifier is taken. */
    async insert(place: Place, identifier: string, settings: RoleSettings, now: string): Promise<Role> {
      const row = {
        id: uuid(),
        ...toColumns(place),
        identifier,
        ...columnsOf(identifier, settings),
        created_at: now,
        updated_at: now,
      };
      await db.insertInto('roles').values(row).execute();
      return toRole(row);
    },

    async replace(role: Role, settings: RoleSettings, now: string): Promise<Role> {
      const columns = { ...columnsOf(role.identifier, settings), updated_at: now };
      await db.updateTable('roles').set(columns).where('id', '=', role.id).execute();
      return { ...role, ...settings, updatedAt: now };
    },

    async remove({ id }: Role): Promise<void> {
      await db.deleteFrom('roles').where('id', '=', id).execute();
    },
  };
}

function columnsOf(identifier: string, settings: RoleSettings) {
  const { name, description, tags, permissions } = settings;
  return {
    name,
    description,
    tags: JSON.stringify(tags),
    search_text: searchText({ identifier, ...settings }),
    permissions: JSON.stringify(permissions),
  };
}
