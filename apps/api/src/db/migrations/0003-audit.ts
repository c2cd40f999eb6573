import { type Kysely, type Migration, sql } from 'kysely';

type SchemaBuilder = Kysely<unknown>;

/** The record of what was done. */
export const audit: Migration = {
  async up(db: SchemaBuilder) {
    await createEvents(db);
    await indexEvents(db);
    await createEnds(db);
  },
};

/** `event` is what is chained; the other columns repeat parts of it so that a filter finds them. */
async function createEvents(db: SchemaBuilder): Promise<void> {
  await db.schema
    .createTable('audit_events')
    .addColumn('seq', 'bigint', (c) => c.primaryKey().notNull())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('project_id', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('resource_type', 'text', (c) => c.notNull())
    .addColumn('resource_identifier', 'text', (c) => c.notNull())
    .addColumn('principal_type', 'text', (c) => c.notNull())
    .addColumn('principal_identifier', 'text', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
}

async function createEnds(db: SchemaBuilder): Promise<void> {
  // One row: the end of the chain, which an event that is added locks.
  await db.schema
    .createTable('audit_head')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('signature', 'text', (c) => c.notNull())
    .execute();
  await sql`insert into audit_head (id, seq, hash, signature) values (1, 0, '', '')`.execute(db);
  // At most one row: what stands for the events that were removed.
  await db.schema
    .createTable('audit_checkpoint')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('removed', 'bigint', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('signature', 'text', (c) => c.notNull())
    .execute();
}

/** One index for whatever a list can be narrowed by, each ending in the order of the list: newest first, or last. */
async function indexEvents(db: SchemaBuilder): Promise<void> {
  const indexes = {
    time: [],
    resource: ['resource_type', 'resource_identifier'],
    resource_type: ['resource_type'],
    principal: ['principal_type', 'principal_identifier'],
    principal_type: ['principal_type'],
    action: ['action'],
  };
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema
      .createIndex(`audit_events_by_${name}`)
      .on('audit_events')
      .columns([...columns, 'at', 'seq'])
      .execute();
  }
  // Most events are at the account level and succeed: those cost these indexes nothing.
  const narrow = [
    { name: 'org', columns: ['org_id'], where: sql.ref('org_id'), isNot: '' },
    { name: 'project', columns: ['org_id', 'project_id'], where: sql.ref('project_id'), isNot: '' },
    { name: 'outcome', columns: ['outcome'], where: sql.ref('outcome'), isNot: 'SUCCESS' },
  ];
  for (const { name, columns, where, isNot } of narrow) {
    await db.schema
      .createIndex(`audit_events_by_${name}`)
      .on('audit_events')
      .columns([...columns, 'at', 'seq'])
      .where(where, '<>', sql.lit(isNot))
      .execute();
  }
}
