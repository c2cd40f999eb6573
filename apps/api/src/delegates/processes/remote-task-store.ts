import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../db/schema.ts';
import { channelOf, type Notice } from './channels.ts';
import { databaseTime } from './database-time.ts';

export type RemoteTaskStore = ReturnType<typeof remoteTaskStore>;

interface Offer {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly sealed: string;
  /** For how long anyone waits, in milliseconds. */
  readonly forMs: number;
}

export interface TakenTask {
  readonly id: string;
  /** The process that asked. */
  readonly from: string;
  readonly sealed: string;
  /** How long it still waits, in milliseconds. */
  readonly leftMs: number;
}

/** One message about a task. */
interface StoredMessage {
  readonly position: number;
  readonly sealed: string;
}

const payload = (notice: Notice) => JSON.stringify(notice);

/** The queries on tasks that one process runs for another; for PostgreSQL only. Each is one statement, with its notice. */
export function remoteTaskStore(db: Kysely<Tables>) {
  return {
    /** Hands a task to another process. @returns false where one of the two is known to be gone. */
    async offer({ id, from, to, sealed, forMs }: Offer): Promise<boolean> {
      const { rows } = await sql`
        with two as (
          select a.id as "from", b.id as "to" from api_processes a, api_processes b
          where a.id = ${from} and b.id = ${to} for key share
        ), offered as (
          insert into remote_tasks (id, from_process, to_process, sealed, taken, expires_at)
          select ${id}, "from", "to", ${sealed}, 0, ${databaseTime(forMs)} from two returning id
        )
        select pg_notify(${channelOf(to)}, ${payload({ type: 'tasks' })}) from offered`.execute(db);
      return rows.length > 0;
    },

    /** Takes every task that waits for a process, which shows in passing that it is alive. */
    async take(processId: string): Promise<TakenTask[]> {
      const { rows } = await sql<TakenTask>`
        with beat as (update api_processes set beat_at = ${databaseTime()} where id = ${processId})
        update remote_tasks set taken = 1 where to_process = ${processId} and taken = 0
        returning id, from_process as "from", sealed,
          (extract(epoch from expires_at::timestamptz - clock_timestamp()) * 1000)::double precision as "leftMs"`.execute(
        db,
      );
      return rows;
    },

    /** Adds what became of a task. @returns false where nobody waits for it any more: then nothing is stored. */
    async report(id: string, messages: readonly StoredMessage[]): Promise<boolean> {
      const { rows } = await sql`
        with task as (select id, from_process from remote_tasks where id = ${id} for key share),
        added as (
          insert into remote_task_events (task_id, position, sealed)
          select task.id, message.position, message.sealed from task,
            unnest(${messages.map(({ position }) => position)}::int[], ${messages.map(({ sealed }) => sealed)}::text[])
              as message (position, sealed)
          on conflict do nothing
        )
        select pg_notify('wardline_' || from_process, ${payload({ type: 'events' })}) from task`.execute(db);
      return rows.length > 0;
    },

    /** Takes everything that became of the tasks of a process, in order. */
    async collect(processId: string): Promise<({ readonly taskId: string } & StoredMessage)[]> {
      const { rows } = await sql<{ taskId: string } & StoredMessage>`
        delete from remote_task_events using remote_tasks
        where remote_tasks.id = remote_task_events.task_id and remote_tasks.from_process = ${processId}
        returning task_id as "taskId", position, remote_task_events.sealed`.execute(db);
      return rows.sort((a, b) => a.position - b.position);
    },

    /** The tasks of a process that another one has, which has shown within `silentMs` that it is alive. */
    async inGoodHands(processId: string, silentMs: number): Promise<Set<string>> {
      const rows = await db
        .selectFrom('remote_tasks')
        .innerJoin('api_processes', 'api_processes.id', 'remote_tasks.to_process')
        .select('remote_tasks.id')
        .where('remote_tasks.from_process', '=', processId)
        .where('api_processes.beat_at', '>', databaseTime(-silentMs))
        .execute();
      return new Set(rows.map(({ id }) => id));
    },

    /** The tasks that a process has taken and that someone still waits for. */
    async wanted(processId: string): Promise<Set<string>> {
      const rows = await db.selectFrom('remote_tasks').select('id').where('to_process', '=', processId).execute();
      return new Set(rows.map(({ id }) => id));
    },

    /** Ends the waiting for a task, whether it is done or not; whoever has it is told. */
    async withdraw(id: string): Promise<void> {
      await sql`
        with gone as (delete from remote_tasks where id = ${id} returning to_process)
        select pg_notify('wardline_' || to_process, ${payload({ type: 'withdrawn', id })}) from gone`.execute(db);
    },
  };
}
