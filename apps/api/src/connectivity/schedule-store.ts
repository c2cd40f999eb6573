import type { Kysely } from 'kysely';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import { fromColumns, type Place } from '../db/scope-columns.ts';

/** A connector whose check is due, and that this process has taken on. */
export interface Claim {
  readonly id: string;
  readonly place: Place;
  readonly identifier: string;
}

/** When each connector is tested next. Several API processes share it, and each check is one process's. */
export function scheduleStore(db: Kysely<Tables>, engine: Engine) {
  /** Rows that no other process has just taken. */
  function free(limit: number) {
    const rows = db.selectFrom('connectivity_schedule').select('connector_id').limit(limit);
    return engine === 'postgres' ? rows.forUpdate().skipLocked() : rows;
  }

  const setTime = (id: string, next_check_at: string) =>
    db.updateTable('connectivity_schedule').set({ next_check_at }).where('connector_id', '=', id);

  return {
    /** A connector is new: its first check is still to be given a time. */
    async add(connector_id: string): Promise<void> {
      await db.insertInto('connectivity_schedule').values({ connector_id, next_check_at: null }).execute();
    },

    /** Takes on the check that is due for the longest, and plans the one after it. @param now, next ISO 8601 */
    async claimDue(now: string, next: string): Promise<Claim | undefined> {
      const due = free(1).where('next_check_at', '<=', now).orderBy('next_check_at');
      const claimed = await db
        .updateTable('connectivity_schedule')
        .set({ next_check_at: next })
        .where('connector_id', '=', due)
        .returning('connector_id')
        .executeTakeFirst();
      if (!claimed) return undefined;
      const id = claimed.connector_id;
      const row = await db
        .selectFrom('connectors')
        .select(['org_id', 'project_id', 'identifier'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row && { id, place: fromColumns(row), identifier: row.identifier };
    },

    async moveTo(id: string, next: string): Promise<void> {
      await setTime(id, next).execute();
    },

    /**
     * Gives times to checks that have none or, where a time is given, that are overdue since before it. In a transaction.
     * @param timeOf the ISO 8601 time of the check at a position among so many.
     * @returns how many there were, at most the limit: there may be more.
     */
    async spread(limit: number, timeOf: (position: number, of: number) => string, before?: string): Promise<number> {
      const rows = await free(limit)
        .where((eb) => (before === undefined ? eb('next_check_at', 'is', null) : eb('next_check_at', '<', before)))
        .execute();
      for (const [position, row] of rows.entries()) {
        await setTime(row.connector_id, timeOf(position, rows.length)).execute();
      }
      return rows.length;
    },

    /** ISO 8601; null where no check is planned. */
    async nextCheckAt(id: string): Promise<string | null> {
      const row = await db
        .selectFrom('connectivity_schedule')
        .select('next_check_at')
        .where('connector_id', '=', id)
        .executeTakeFirst();
      return row?.next_check_at ?? null;
    },
  };
}
