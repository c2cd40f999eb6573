import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../db/client.ts';
import { type ListQuery, listRows } from '../db/list-rows.ts';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { searchText } from '../db/search.ts';
import { toUserGroup, type UserGroup, type UserGroupSettings } from './user-group.ts';

const COLUMNS = [
  'user_groups.id',
  'user_groups.org_id',
  'user_groups.project_id',
  'user_groups.identifier',
  'user_groups.name',
  'user_groups.description',
  'user_groups.tags',
  'user_groups.created_at',
  'user_groups.updated_at',
] as const;

/** The queries on user groups; who is in them is in the member store. */
export function userGroupStore(db: Kysely<Tables>, engine: Engine) {
  function select(place: Place, identifier: string) {
    const { org_id, project_id } = toColumns(place);
    return db
      .selectFrom('user_groups')
      .select(COLUMNS)
      .where('org_id', '=', org_id)
      .where('project_id', '=', project_id)
      .where('identifier', '=', identifier);
  }

  return {
    async find(place: Place, identifier: string): Promise<UserGroup | undefined> {
      const row = await select(place, identifier).executeTakeFirst();
      return row && toUserGroup(row);
    },

    /** Like `find`, and keeps others from changing the group, its members too, until the transaction ends. */
    async findForChange(place: Place, identifier: string): Promise<UserGroup | undefined> {
      const query = select(place, identifier);
      const row = await (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
      return row && toUserGroup(row);
    },

    async list(query: ListQuery) {
      const { rows, ...rest } = await listRows({
        db,
        engine,
        table: 'user_groups',
        query,
        load: (page, { direction }) =>
          db
            .selectFrom('user_groups')
            .innerJoin(page, 'page.id', 'user_groups.id')
            .select([...COLUMNS, 'page.sort_key'])
            .orderBy('page.sort_key', direction)
            .orderBy('user_groups.id', direction)
            .execute(),
      });
      return { ...rest, rows: rows.map(toUserGroup) };
    },

    /** @throws the engine's unique violation when the identifier is taken. */
    async insert(place: Place, identifier: string, settings: UserGroupSettings, now: string): Promise<UserGroup> {
      const row = {
        id: uuid(),
        ...toColumns(place),
        identifier,
        ...columnsOf(identifier, settings),
        created_at: now,
        updated_at: now,
      };
      await db.insertInto('user_groups').values(row).execute();
      return toUserGroup(row);
    },

    async replace(group: UserGroup, settings: UserGroupSettings, now: string): Promise<UserGroup> {
      const columns = { ...columnsOf(group.identifier, settings), updated_at: now };
      await db.updateTable('user_groups').set(columns).where('id', '=', group.id).execute();
      return { ...group, ...settings, updatedAt: now };
    },

    /** Removes a group; its memberships go with it. */
    async remove({ id }: UserGroup): Promise<void> {
      await db.deleteFrom('user_groups').where('id', '=', id).execute();
    },
  };
}

function columnsOf(identifier: string, settings: UserGroupSettings) {
  const { name, description, tags } = settings;
  return {
    name,
    description,
    tags: JSON.stringify(tags),
    search_text: searchText({ identifier, name, description, tags: { ...tags } }),
  };
}
