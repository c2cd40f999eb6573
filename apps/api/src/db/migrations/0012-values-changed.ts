import type { Kysely, Migration } from 'kysely';

/** When a secret that a connector names got another value. */
export const valuesChanged: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('connectors').addColumn('values_changed_at', 'text').execute();
  },
};
