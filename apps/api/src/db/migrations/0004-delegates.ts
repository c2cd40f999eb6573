import type { Kysely, Migration } from 'kysely';

/** Delegates, the tokens that they connect with, and who was refused. */
export const delegates: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('delegate_tokens')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('project_id', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('token_id', 'text', (c) => c.notNull().unique())
      .addColumn('sealed_value', 'text', (c) => c.notNull())
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text')
      .addColumn('revoked_at', 'text')
      .execute();
    await db.schema
      .createIndex('delegate_tokens_name')
      .on('delegate_tokens')
      .columns(['org_id', 'project_id', 'name'])
      .unique()
      .execute();
    await db.schema
      .createTable('delegate_instances')
      .addColumn('instance_id', 'text', (c) => c.primaryKey())
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('project_id', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('host_name', 'text', (c) => c.notNull())
      .addColumn('description', 'text', (c) => c.notNull())
      .addColumn('tags', 'text', (c) => c.notNull())
      .addColumn('version', 'text', (c) => c.notNull())
      .addColumn('capacity', 'integer', (c) => c.notNull())
      .addColumn('token_row_id', 'text', (c) => c.notNull().references('delegate_tokens.id').onDelete('cascade'))
      .addColumn('process_id', 'text', (c) => c.notNull())
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('skew_ms', 'integer', (c) => c.notNull())
      .addColumn('connected', 'integer', (c) => c.notNull())
      .addColumn('connected_at', 'text', (c) => c.notNull())
      .addColumn('last_heartbeat_at', 'text', (c) => c.notNull())
      .addColumn('disconnected_at', 'text')
      .addColumn('disconnect_reason', 'text')
      .execute();
    await db.schema
      .createIndex('delegate_instances_by_scope')
      .on('delegate_instances')
      .columns(['org_id', 'project_id', 'name'])
      .execute();
    await db.schema
      .createIndex('delegate_instances_by_process')
      .on('delegate_instances')
      .columns(['process_id', 'connected'])
      .execute();
    await db.schema
      .createTable('delegate_refusals')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('code', 'text', (c) => c.notNull())
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('host_name', 'text', (c) => c.notNull())
      .execute();
  },
};
