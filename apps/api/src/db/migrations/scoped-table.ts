import type { CreateTableBuilder, Kysely } from 'kysely';

/** The columns of everything that lives in a scope under an identifier. */
export function scopedTable<T extends string>(table: CreateTableBuilder<T>) {
  return table
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('project_id', 'text', (c) => c.notNull())
    .addColumn('identifier', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('tags', 'text', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull());
}

/** Uniqueness, and one index per sort order, each ending in the id so that a page can start after any row. */
export async function indexScoped(db: Kysely<unknown>, table: string): Promise<void> {
  const scope = ['org_id', 'project_id'];
  await db.schema
    .createIndex(`${table}_identifier`)
    .on(table)
    .columns([...scope, 'identifier'])
    .unique()
    .execute();
  for (const order of ['name', 'created_at', 'updated_at']) {
    await db.schema
      .createIndex(`${table}_by_${order}`)
      .on(table)
      .columns([...scope, order, 'id'])
      .execute();
  }
}
