import { type Kysely, type Migration, sql } from 'kysely';
import { indexScoped, scopedTable } from './scoped-table.ts';

type SchemaBuilder = Kysely<unknown>;

export const initial: Migration = {
  async up(db: SchemaBuilder) {
    await createConnectors(db);
    await createSecrets(db);
    await createReferences(db);
    await createCounts(db);
    await db.schema
      .createTable('oidc_keys')
      .addColumn('kid', 'text', (c) => c.primaryKey())
      .addColumn('public_jwk', 'text', (c) => c.notNull())
      .addColumn('sealed_private_key', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('settings')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute();
  },
};

async function createConnectors(db: SchemaBuilder): Promise<void> {
  await scopedTable(db.schema.createTable('connectors'))
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('spec', 'text', (c) => c.notNull())
    .addColumn('credential_type', 'text', (c) => c.notNull())
    .addColumn('connectivity_mode', 'text', (c) => c.notNull())
    .addColumn('is_default', 'integer', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('error_summary', 'text')
    .addColumn('errors', 'text')
    .addColumn('tested_at', 'text')
    .addColumn('last_connected_at', 'text')
    .execute();
  await indexScoped(db, 'connectors');
  await db.schema
    .createIndex('connectors_by_status')
    .on('connectors')
    .columns(['org_id', 'project_id', 'status', 'updated_at', 'id'])
    .execute();
  await db.schema
    .createIndex('connectors_default')
    .on('connectors')
    .columns(['org_id', 'project_id'])
    .unique()
    .where(sql.ref('is_default'), '=', sql.lit(1))
    .execute();
  await db.schema
    .createTable('connector_tests')
    .addColumn('connector_id', 'text', (c) => c.primaryKey().references('connectors.id').onDelete('cascade'))
    .addColumn('result', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('connector_tags')
    .addColumn('connector_id', 'text', (c) => c.notNull().references('connectors.id').onDelete('cascade'))
    .addColumn('tag_key', 'text', (c) => c.notNull())
    .addColumn('tag_value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('connector_tags_pk', ['connector_id', 'tag_key'])
    .execute();
  await db.schema.createIndex('connector_tags_by_key').on('connector_tags').columns(['tag_key', 'tag_value']).execute();
}

async function createSecrets(db: SchemaBuilder): Promise<void> {
  await scopedTable(db.schema.createTable('secrets'))
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('secret_manager', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('ciphertext', 'text', (c) => c.notNull())
    .execute();
  await indexScoped(db, 'secrets');
}

async function createReferences(db: SchemaBuilder): Promise<void> {
  await db.schema
    .createTable('entity_references')
    .addColumn('from_kind', 'text', (c) => c.notNull())
    .addColumn('from_id', 'text', (c) => c.notNull())
    .addColumn('to_kind', 'text', (c) => c.notNull())
    .addColumn('to_id', 'text', (c) => c.notNull())
    .addColumn('field', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('entity_references_pk', ['from_kind', 'from_id', 'field'])
    .execute();
  await db.schema
    .createIndex('entity_references_by_target')
    .on('entity_references')
    .columns(['to_kind', 'to_id'])
    .execute();
}

/** How many entities a scope has, kept in the transaction that adds or removes one: counting rows costs more the more there are. */
async function createCounts(db: SchemaBuilder): Promise<void> {
  await db.schema
    .createTable('entity_counts')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('project_id', 'text', (c) => c.notNull())
    .addColumn('total', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('entity_counts_pk', ['kind', 'org_id', 'project_id'])
    .execute();
}
