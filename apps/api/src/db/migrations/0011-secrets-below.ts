import type { Kysely, Migration } from 'kysely';

/** Lists of the secrets of a scope and all below it: by each sort order, of the account and of an organization. */
export const secretsBelow: Migration = {
  async up(db: Kysely<unknown>) {
    for (const order of ['name', 'created_at', 'updated_at']) {
      await db.schema.createIndex(`secrets_all_by_${order}`).on('secrets').columns([order, 'id']).execute();
      await db.schema
        .createIndex(`secrets_of_org_by_${order}`)
        .on('secrets')
        .columns(['org_id', order, 'id'])
        .execute();
    }
  },
};
