import { type CreateTableBuilder, type Kysely, type Migration, PostgresAdapter, sql } from 'kysely';

/** The API processes that share a database, and what one of them has a delegate of another run. */
export const apiProcesses: Migration = {
  async up(db: Kysely<unknown>) {
    // What is here is worthless after a crash of the database: it stays out of PostgreSQL's log, its backups and its
    // waiting for the disk.
    const table = <T extends string>(name: T): CreateTableBuilder<T> =>
      db.getExecutor().adapter instanceof PostgresAdapter
        ? db.schema.createTable(name).modifyFront(sql`unlogged`)
        : db.schema.createTable(name);
    await table('api_processes')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('beat_at', 'text', (c) => c.notNull())
      .addColumn('running', 'text', (c) => c.notNull())
      .execute();
    // Whatever belongs to a process goes with it.
    await table('remote_tasks')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('from_process', 'text', (c) => c.notNull().references('api_processes.id').onDelete('cascade'))
      .addColumn('to_process', 'text', (c) => c.notNull().references('api_processes.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('taken', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('remote_tasks_from').on('remote_tasks').column('from_process').execute();
    await db.schema.createIndex('remote_tasks_to').on('remote_tasks').columns(['to_process', 'taken']).execute();
    await table('remote_task_events')
      .addColumn('task_id', 'text', (c) => c.notNull().references('remote_tasks.id').onDelete('cascade'))
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('remote_task_events_key', ['task_id', 'position'])
      .execute();
  },
};
