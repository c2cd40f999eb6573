import { type Kysely, type Migration, sql } from 'kysely';

/** When each connector is tested next, and how its tests came out. */
export const connectivity: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('connectivity_schedule')
      .addColumn('connector_id', 'text', (c) => c.primaryKey().references('connectors.id').onDelete('cascade'))
      .addColumn('next_check_at', 'text')
      .execute();
    await db.schema
      .createIndex('connectivity_schedule_next')
      .on('connectivity_schedule')
      .column('next_check_at')
      .execute();
    await sql`insert into connectivity_schedule (connector_id) select id from connectors`.execute(db);
    await db.schema
      .createTable('connectivity_history')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('connector_id', 'text', (c) => c.notNull().references('connectors.id').onDelete('cascade'))
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('duration_ms', 'integer', (c) => c.notNull())
      .addColumn('finding', 'text')
      .addColumn('delegate_id', 'text')
      .execute();
    await db.schema
      .createIndex('connectivity_history_by_time')
      .on('connectivity_history')
      .columns(['connector_id', 'at', 'id'])
      .execute();
  },
};
