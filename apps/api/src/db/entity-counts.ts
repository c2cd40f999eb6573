import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';
import { columnsOfRegion, type Place, type Region, toColumns } from './scope-columns.ts';

export type EntityKind = Tables['entity_counts']['kind'];

/**
 * How many entities of one kind each scope has. The row of a scope is also its lock: whoever adds, removes or
 * makes a default there takes it first, so that such changes happen one after another.
 */
export function entityCounts(db: Kysely<Tables>, kind: EntityKind) {
  async function add(place: Place, change: 1 | 0 | -1): Promise<void> {
    await db
      .insertInto('entity_counts')
      .values({ kind, ...toColumns(place), total: change })
      .onConflict((c) =>
        c.columns(['kind', 'org_id', 'project_id']).doUpdateSet({ total: sql`entity_counts.total + ${change}` }),
      )
      .execute();
  }

  return {
    /** Adds to the count of a scope; in the transaction of the change itself. */
    add,

    /** Waits for other changes of the scope and holds off new ones until the transaction ends. */
    lock: (place: Place) => add(place, 0),

    /** The entities of all given regions together. */
    async total(places: readonly Region[]): Promise<number> {
      const rows = await db
        .selectFrom('entity_counts')
        .select('total')
        .where('kind', '=', kind)
        .where((eb) => eb.or(places.map((place) => eb.and({ ...columnsOfRegion(place) }))))
        .execute();
      return rows.reduce((sum, { total }) => sum + total, 0);
    },
  };
}
