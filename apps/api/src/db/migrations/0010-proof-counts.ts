import { type Kysely, type Migration, sql } from 'kysely';

/** What counting proofs reads: only the values that are not proven in time, and those that failed. */
export const proofCounts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('secret_values_failed')
      .on('secret_values')
      .column('data_key_id')
      .where(sql.ref('proof_failed_at'), 'is not', null)
      .execute();
    await db.schema
      .createIndex('secret_values_unproven')
      .on('secret_values')
      .columns(['encrypted_at', 'data_key_id'])
      .where(sql.ref('proven_at'), 'is', null)
      .execute();
    await db.schema
      .createIndex('secret_values_proven')
      .on('secret_values')
      .columns(['proven_at', 'data_key_id'])
      .execute();
  },
};
