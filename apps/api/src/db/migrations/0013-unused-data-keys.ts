import type { Kysely, Migration } from 'kysely';

/** What is known of a data key that is to be removed once nothing uses it. */
export const unusedDataKeys: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of ['sealing_until', 'unused_since']) {
      await db.schema.alterTable('data_keys').addColumn(column, 'text').execute();
    }
  },
};
