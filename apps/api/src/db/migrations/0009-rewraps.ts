import type { Kysely, Migration } from 'kysely';

/** Rewraps with what they could not encrypt anew, and which process does a work that only one may do. */
export const rewraps: Migration = {
  async up(db: Kysely<unknown>) {
    // No references to connectors: a report outlives them.
    await db.schema
      .createTable('rewraps')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('cause', 'text', (c) => c.notNull())
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('project_id', 'text', (c) => c.notNull())
      .addColumn('from_connector_id', 'text')
      .addColumn('from_reference', 'text', (c) => c.notNull())
      .addColumn('from_name', 'text', (c) => c.notNull())
      .addColumn('to_connector_id', 'text')
      .addColumn('to_reference', 'text', (c) => c.notNull())
      .addColumn('to_name', 'text', (c) => c.notNull())
      .addColumn('identifiers', 'text')
      .addColumn('last_secret_id', 'text', (c) => c.notNull())
      .addColumn('total', 'integer', (c) => c.notNull())
      .addColumn('rewrapped', 'integer', (c) => c.notNull())
      .addColumn('unchanged', 'integer', (c) => c.notNull())
      .addColumn('failed', 'integer', (c) => c.notNull())
      .addColumn('started_by', 'text', (c) => c.notNull())
      .addColumn('started_at', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'text', (c) => c.notNull())
      .addColumn('finished_at', 'text')
      .execute();
    await db.schema.createIndex('rewraps_by_state').on('rewraps').columns(['state', 'started_at']).execute();
    await db.schema
      .createTable('rewrap_failures')
      .addColumn('rewrap_id', 'text', (c) => c.notNull().references('rewraps.id').onDelete('cascade'))
      .addColumn('secret_id', 'text', (c) => c.notNull())
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('project_id', 'text', (c) => c.notNull())
      .addColumn('identifier', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('message', 'text', (c) => c.notNull())
      .addColumn('finding', 'text')
      .addPrimaryKeyConstraint('rewrap_failures_pk', ['rewrap_id', 'secret_id'])
      .execute();
    await db.schema
      .createTable('leases')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('until', 'text', (c) => c.notNull())
      .execute();
  },
};
