import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';
import type { Tables } from './schema.ts';

type Birds = { birds: Record<string, unknown> };

let app: TestApp;
let db: Kysely<Tables & Birds>;
beforeAll(async () => {
  app = await startTestApp('sqlite');
  db = app.database.db.withTables<Birds>();
  await sql`create table birds (id integer primary key, name text, wings integer, song blob)`.execute(db);
  await sql`insert into birds values (1, 'wren', 2, ${Buffer.from([1, 2, 3])}), (2, null, 2, null)`.execute(db);
});
afterAll(() => app.close());

it('gives rows with every kind of value, however often a statement is used', async () => {
  for (const _again of [1, 2]) {
    expect(await db.selectFrom('birds').selectAll().orderBy('id').execute()).toEqual([
      { id: 1, name: 'wren', wings: 2, song: Buffer.from([1, 2, 3]) },
      { id: 2, name: null, wings: 2, song: null },
    ]);
  }
  expect(await db.selectFrom('birds').selectAll().where('id', '=', 3).execute()).toEqual([]);
});

it('gives the rows that a change returns, and tells how many it changed', async () => {
  const added = db.insertInto('birds').values({ id: 3, name: 'tern' });
  expect(await added.returning(['id', 'name']).executeTakeFirst()).toEqual({ id: 3, name: 'tern' });
  const changed = await db.updateTable('birds').set({ name: 'gull' }).where('id', '>', 1).executeTakeFirst();
  expect(changed.numUpdatedRows).toBe(2n);
});

it('streams rows', async () => {
  const names: unknown[] = [];
  for await (const { name } of db.selectFrom('birds').select('name').orderBy('id').stream()) names.push(name);
  expect(names).toEqual(['wren', 'gull', 'gull']);
});

it('reads more rows than the driver hands out at a time, each with its own values', async () => {
  const numbers = sql<{ n: number; twice: number }>`
    with recursive n(n) as (select 1 union all select n + 1 from n where n < 1000) select n, 2 * n as twice from n`;
  const { rows } = await numbers.execute(db);
  expect(rows.length).toBe(1000);
  expect(rows.every(({ n, twice }, index) => n === index + 1 && twice === 2 * n)).toBe(true);
});

it('knows the columns of a statement after the table was changed', async () => {
  const all = sql`select * from birds where id = 1`;
  expect(Object.keys((await all.execute(db)).rows[0] ?? {})).toEqual(['id', 'name', 'wings', 'song']);
  await sql`alter table birds rename column wings to limbs`.execute(db);
  await sql`alter table birds add column colour text default 'brown'`.execute(db);
  expect((await all.execute(db)).rows[0]).toMatchObject({ name: 'wren', limbs: 2, colour: 'brown' });
});
