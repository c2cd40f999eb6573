import { type Kysely, type Migration, PostgresAdapter, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { plaintextLength } from './plaintext-length.ts';

/** The tables as this migration finds and leaves them; what the program knows may have changed since. */
interface Known {
  secrets: Described & { id: string; version: number; value_id: string; ciphertext: string; updated_at: string };
  secret_versions: Described & {
    secret_id: string;
    version: number;
    value_id: string;
    origin: string;
    created_at: string;
    created_by: string;
  };
  secret_values: {
    id: string;
    secret_id: string;
    number: number;
    message: string;
    byte_length: number;
    created_at: string;
    encrypted_at: string;
  };
}

interface Described {
  name: string;
  description: string;
  tags: string;
}

/** Rows that are moved at once: each has up to 1.4 MB of text. */
const BATCH = 50;

/** Versions of secrets, values apart from them, the data keys and files that values need; connectors can be disabled. */
export const secretVersions: Migration = {
  async up(db: Kysely<Known>) {
    await createDataKeys(db);
    await createFiles(db);
    await createValues(db);
    await createVersions(db);
    await db.schema
      .alterTable('secrets')
      .addColumn('value_id', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await moveValues(db);
    await db.schema.alterTable('secrets').dropColumn('ciphertext').execute();
    await db.schema
      .alterTable('connectors')
      .addColumn('disabled', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};

async function createDataKeys(db: Kysely<Known>): Promise<void> {
  await db.schema
    .createTable('data_keys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('connector_id', 'text', (c) => c.notNull().references('connectors.id').onDelete('cascade'))
    .addColumn('sealed_key_arn', 'text', (c) => c.notNull())
    .addColumn('key_fingerprint', 'text', (c) => c.notNull())
    .addColumn('ciphertext', 'text', (c) => c.notNull())
    .addColumn('encryption_context', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('data_keys_by_connector').on('data_keys').column('connector_id').execute();
}

async function createFiles(db: Kysely<Known>): Promise<void> {
  const bytes = db.getExecutor().adapter instanceof PostgresAdapter ? 'bytea' : 'blob';
  await db.schema
    .createTable('file_bodies')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('file_bodies_by_age').on('file_bodies').column('created_at').execute();
  await db.schema
    .createTable('file_chunks')
    .addColumn('body_id', 'text', (c) => c.notNull().references('file_bodies.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('bytes', sql.raw(bytes), (c) => c.notNull())
    .addPrimaryKeyConstraint('file_chunks_key', ['body_id', 'seq'])
    .execute();
}

async function createValues(db: Kysely<Known>): Promise<void> {
  // No cascade to data keys and bodies: whatever a value needs to be read can't be deleted under it.
  await db.schema
    .createTable('secret_values')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('secret_id', 'text', (c) => c.notNull().references('secrets.id').onDelete('cascade'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('data_key_id', 'text', (c) => c.references('data_keys.id'))
    .addColumn('message', 'text', (c) => c.notNull())
    .addColumn('body_id', 'text', (c) => c.references('file_bodies.id'))
    .addColumn('byte_length', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('encrypted_at', 'text', (c) => c.notNull())
    .addColumn('proven_at', 'text')
    .addColumn('proof_failed_at', 'text')
    .addColumn('proof_failure', 'text')
    .execute();
  await db.schema.createIndex('secret_values_by_secret').on('secret_values').column('secret_id').execute();
  await db.schema.createIndex('secret_values_by_body').on('secret_values').column('body_id').execute();
  // The values of a key, and which of them was proven readable longest ago.
  await db.schema
    .createIndex('secret_values_by_proof')
    .on('secret_values')
    .columns(['data_key_id', 'proven_at', 'id'])
    .execute();
}

async function createVersions(db: Kysely<Known>): Promise<void> {
  await db.schema
    .createTable('secret_versions')
    .addColumn('secret_id', 'text', (c) => c.notNull().references('secrets.id').onDelete('cascade'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('tags', 'text', (c) => c.notNull())
    .addColumn('value_id', 'text', (c) => c.notNull().references('secret_values.id'))
    .addColumn('origin', 'text', (c) => c.notNull())
    .addColumn('restored_from', 'integer')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('secret_versions_key', ['secret_id', 'version'])
    .execute();
  await db.schema.createIndex('secret_versions_by_value').on('secret_versions').column('value_id').execute();
}

/** Each secret so far has one value, bound to the number that counted its values: that is its only version. */
async function moveValues(db: Kysely<Known>): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('secrets')
      .select(['id', 'name', 'description', 'tags', 'version', 'ciphertext', 'updated_at'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    for (const row of rows) await moveValue(db, row);
    after = last.id;
  }
}

async function moveValue(
  db: Kysely<Known>,
  { id, ciphertext, version, updated_at, ...described }: Omit<Known['secrets'], 'value_id'>,
): Promise<void> {
  const value_id = uuid();
  const value = {
    id: value_id,
    secret_id: id,
    number: version,
    message: ciphertext,
    byte_length: plaintextLength(Buffer.from(ciphertext, 'base64')),
    created_at: updated_at,
    encrypted_at: updated_at,
  };
  await db.insertInto('secret_values').values(value).execute();
  await db
    .insertInto('secret_versions')
    .values({
      ...described,
      secret_id: id,
      version,
      value_id,
      origin: version === 1 ? 'created' : 'changed',
      created_at: updated_at,
      // Whoever it was, the audit log has it.
      created_by: JSON.stringify({ type: 'SYSTEM', identifier: 'upgrade', name: 'Wardline' }),
    })
    .execute();
  await db.updateTable('secrets').set({ value_id }).where('id', '=', id).execute();
}
