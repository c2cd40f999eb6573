import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Tables } from '../../db/schema.ts';
import { COMMON_CHANNEL, IDS_AT_ONCE, type Notice } from './channels.ts';
import { databaseTime } from './database-time.ts';

const runningSchema = z.record(z.string(), z.record(z.string(), z.number()));

/** How many tasks delegates have: by instance id, and by the process that gave them. Those without any are left out. */
export type Running = z.infer<typeof runningSchema>;

/** The queries on the processes that share the database: for PostgreSQL only, except where a query says otherwise. */
export function processStore(db: Kysely<Tables>) {
  /** Tells the others, once the transaction is done. */
  const notify = (channel: string, notice: Notice) =>
    sql`select pg_notify(${channel}, ${JSON.stringify(notice)})`.execute(db);

  return {
    async join(id: string): Promise<void> {
      const beat_at = databaseTime();
      await db
        .insertInto('api_processes')
        .values({ id, beat_at, running: '{}' })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ beat_at }))
        .execute();
      await notify(COMMON_CHANNEL, { type: 'processes', from: id });
    },

    /** Shows that a process is alive. @returns false where the others have given it up already. */
    async beat(id: string, running: Running): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('api_processes')
        .set({ beat_at: databaseTime(), running: JSON.stringify(running) })
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Every process, with what its delegates are doing. */
    async list(): Promise<Map<string, Running>> {
      const rows = await db.selectFrom('api_processes').select(['id', 'running']).execute();
      return new Map(rows.map(({ id, running }) => [id, runningSchema.parse(JSON.parse(running))]));
    },

    /** Gives up the processes that have been silent for so long, in milliseconds, with everything that was theirs. */
    async removeSilent(from: string, silentMs: number): Promise<void> {
      const removed = await db
        .deleteFrom('api_processes')
        .where('beat_at', '<', databaseTime(-silentMs))
        .where('id', '!=', from)
        .returning('id')
        .execute();
      if (removed.length > 0) await notify(COMMON_CHANNEL, { type: 'processes', from });
    },

    /** Ends a process, with everything that was its own. */
    async leave(id: string): Promise<void> {
      await db.deleteFrom('api_processes').where('id', '=', id).execute();
      await notify(COMMON_CHANNEL, { type: 'processes', from: id });
    },

    /** Tells the others that these delegates have come or gone. */
    async announceDelegates(from: string, ids: readonly string[]): Promise<void> {
      for (let n = 0; n < ids.length; n += IDS_AT_ONCE) {
        await notify(COMMON_CHANNEL, { type: 'delegates', from, ids: ids.slice(n, n + IDS_AT_ONCE) });
      }
    },

    /** Forgets the tasks that nobody has withdrawn in time. */
    async removeExpired(): Promise<void> {
      await db.deleteFrom('remote_tasks').where('expires_at', '<', databaseTime()).execute();
    },
  };
}
