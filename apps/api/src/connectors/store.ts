import type { Scope } from '@wardline/contracts';
import { type Kysely, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { scheduleStore } from '../connectivity/schedule-store.ts';
import type { Engine } from '../db/client.ts';
import { entityCounts } from '../db/entity-counts.ts';
import { type ListQuery, listRows } from '../db/list-rows.ts';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { type Connector, type ConnectorSettings, toColumnsOfSettings, toConnector } from './connector.ts';

/** Everything but the text that searches look through. */
const COLUMNS = [
  'connectors.id',
  'connectors.org_id',
  'connectors.project_id',
  'connectors.identifier',
  'connectors.name',
  'connectors.description',
  'connectors.tags',
  'connectors.type',
  'connectors.spec',
  'connectors.credential_type',
  'connectors.connectivity_mode',
  'connectors.is_default',
  'connectors.disabled',
  'connectors.status',
  'connectors.error_summary',
  'connectors.errors',
  'connectors.tested_at',
  'connectors.last_connected_at',
  'connectors.created_at',
  'connectors.updated_at',
  'connectors.values_changed_at',
] as const;

/** The queries on connectors. */
export function connectorStore(db: Kysely<Tables>, engine: Engine) {
  const counts = entityCounts(db, 'connector');
  const schedule = scheduleStore(db, engine);

  function select(place: Place, identifiers: readonly string[]) {
    const { org_id, project_id } = toColumns(place);
    return db
      .selectFrom('connectors')
      .select(COLUMNS)
      .where('org_id', '=', org_id)
      .where('project_id', '=', project_id)
      .where('identifier', 'in', identifiers);
  }

  async function writeTags(id: string, tags: ConnectorSettings['tags']): Promise<void> {
    const rows = Object.entries(tags).map(([tag_key, tag_value]) => ({ connector_id: id, tag_key, tag_value }));
    if (rows.length > 0) await db.insertInto('connector_tags').values(rows).execute();
  }

  return {
    async find(place: Place | Scope, identifier: string): Promise<Connector | undefined> {
      const row = await select(place, [identifier]).executeTakeFirst();
      return row && toConnector(row);
    },

    async findById(id: string): Promise<Connector | undefined> {
      const row = await db.selectFrom('connectors').select(COLUMNS).where('id', '=', id).executeTakeFirst();
      return row && toConnector(row);
    },

    /** Like `findById`, and keeps others from changing or deleting the row until the transaction ends. */
    async findForUse(id: string): Promise<Connector | undefined> {
      const query = db.selectFrom('connectors').select(COLUMNS).where('id', '=', id);
      const row = await (engine === 'postgres' ? query.forShare() : query).executeTakeFirst();
      return row && toConnector(row);
    },

    /** The connector that a scope has for its default. */
    async findDefault(place: Place): Promise<Connector | undefined> {
      const { org_id, project_id } = toColumns(place);
      const row = await db
        .selectFrom('connectors')
        .select(COLUMNS)
        .where('org_id', '=', org_id)
        .where('project_id', '=', project_id)
        .where('is_default', '=', 1)
        .executeTakeFirst();
      return row && toConnector(row);
    },

    /** The connectors of these scopes by name, no more than so many. */
    async ofPlaces(places: readonly Place[], limit: number): Promise<Connector[]> {
      if (places.length === 0) return [];
      const rows = await db
        .selectFrom('connectors')
        .select(COLUMNS)
        .where((eb) => eb.or(places.map((place) => eb.and({ ...toColumns(place) }))))
        .orderBy('name')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(toConnector);
    },

    /** Connectors of one scope, in no order; unknown identifiers are left out. */
    async findMany(place: Place, identifiers: readonly string[]): Promise<Connector[]> {
      if (identifiers.length === 0) return [];
      return (await select(place, identifiers).execute()).map(toConnector);
    },

    /** Like `find`, and keeps others from changing the row until the transaction ends. */
    async findForChange(place: Place, identifier: string): Promise<Connector | undefined> {
      const query = select(place, [identifier]);
      const row = await (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
      return row && toConnector(row);
    },

    /** Whether an identifier is in use. */
    async exists(place: Place, identifier: string): Promise<boolean> {
      return (await select(place, [identifier]).clearSelect().select('id').executeTakeFirst()) !== undefined;
    },

    async list(query: ListQuery) {
      const { rows, ...rest } = await listRows({
        db,
        engine,
        table: 'connectors',
        query,
        load: (page, { direction }) =>
          db
            .selectFrom('connectors')
            .innerJoin(page, 'page.id', 'connectors.id')
            .select([...COLUMNS, 'page.sort_key'])
            .orderBy('page.sort_key', direction)
            .orderBy('connectors.id', direction)
            .execute(),
      });
      return { ...rest, rows: rows.map(toConnector) };
    },

    /** Holds off other changes of the scope's default until the transaction ends. */
    lockScope: (place: Place) => counts.lock(place),

    /** Adds a connector, counts it and has it checked from now on. @throws the engine's unique violation when the identifier is taken. */
    async insert(place: Place, identifier: string, settings: ConnectorSettings, now: string): Promise<Connector> {
      await counts.add(place, 1);
      const row = {
        id: uuid(),
        ...toColumns(place),
        identifier,
        type: 'AwsKms' as const,
        ...toColumnsOfSettings(identifier, settings),
        disabled: 0 as const,
        status: 'PENDING' as const,
        error_summary: null,
        errors: null,
        tested_at: null,
        last_connected_at: null,
        created_at: now,
        updated_at: now,
        values_changed_at: null,
      };
      await db.insertInto('connectors').values(row).execute();
      await writeTags(row.id, settings.tags);
      await schedule.add(row.id);
      return toConnector(row);
    },

    /** Replaces the settings; what is known about its connectivity stays. */
    async replace(connector: Connector, settings: ConnectorSettings, now: string): Promise<Connector> {
      const columns = { ...toColumnsOfSettings(connector.identifier, settings), updated_at: now };
      await db.updateTable('connectors').set(columns).where('id', '=', connector.id).execute();
      await db.deleteFrom('connector_tags').where('connector_id', '=', connector.id).execute();
      await writeTags(connector.id, settings.tags);
      return { ...connector, ...settings, updatedAt: now, revisedAt: now };
    },

    /** Disables or enables a connector; what is kept in memory for it was made before this time, and is not used. */
    async setDisabled(connector: Connector, disabled: boolean, now: string): Promise<Connector> {
      const columns = { disabled: disabled ? (1 as const) : (0 as const), updated_at: now };
      await db.updateTable('connectors').set(columns).where('id', '=', connector.id).execute();
      return { ...connector, disabled, updatedAt: now, revisedAt: now };
    },

    /**
     * One of its secrets has another value: what is kept in memory for it was made before this time, and is not used.
     * Whoever changes its settings just now need not know: those are as they were read.
     */
    async noteNewValue(connector: Connector, now: string): Promise<Connector> {
      await db.updateTable('connectors').set({ values_changed_at: now }).where('id', '=', connector.id).execute();
      return { ...connector, valuesChangedAt: now, revisedAt: now };
    },

    /** Takes the default away from whichever connector of the scope has it, except one. */
    async clearDefault(place: Place, exceptId?: string): Promise<void> {
      const { org_id, project_id } = toColumns(place);
      await db
        .updateTable('connectors')
        .set({ is_default: 0 })
        .where('org_id', '=', org_id)
        .where('project_id', '=', project_id)
        .where('is_default', '=', 1)
        .$if(exceptId !== undefined, (query) => query.where('id', '!=', exceptId ?? ''))
        .execute();
    },

    /** Removes a connector with its tags, and counts it out. */
    async remove({ id, place }: Connector): Promise<void> {
      await counts.add(place, -1);
      await db.deleteFrom('connectors').where('id', '=', id).execute();
    },

    total: (place: Place) => counts.total([place]),

    /** How many connectors of a scope have each connectivity status. */
    async countByStatus(place: Place): Promise<{ status: Connector['status']; count: number }[]> {
      const { org_id, project_id } = toColumns(place);
      const rows = await db
        .selectFrom('connectors')
        .select(['status', sql<number | string>`count(*)`.as('count')])
        .where('org_id', '=', org_id)
        .where('project_id', '=', project_id)
        .groupBy('status')
        .orderBy('status')
        .execute();
      return rows.map(({ status, count }) => ({ status, count: Number(count) }));
    },
  };
}
