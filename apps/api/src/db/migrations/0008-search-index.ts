import { type Kysely, type Migration, PostgresAdapter, sql } from 'kysely';

/** What there may be so many of that looking through all of them takes long. */
const TABLES = ['connectors', 'secrets'] as const;

/** Finds any part of a text of three characters or more by its trigrams, so that a search does not read every row. */
export const searchIndex: Migration = {
  async up(db: Kysely<unknown>) {
    const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
    for (const table of TABLES) await (postgres ? indexOnPostgres(db, table) : indexOnSqlite(db, table));
  },
};

/**
 * An FTS5 table (https://sqlite.org/fts5.html#the_trigram_tokenizer) that keeps no text of its own, kept by triggers.
 * It knows rows by numbers, and SQLite's own row numbers may change when someone compacts the database, hence the
 * table of numbers. The texts are in lower case already.
 */
async function indexOnSqlite(db: Kysely<unknown>, table: string): Promise<void> {
  const number = (row: string) => `(select n from ${table}_search_rows where id = ${row}.id)`;
  const statements = [
    `create table ${table}_search_rows (n integer primary key, id text not null unique)`,
    `create virtual table ${table}_search using fts5(
      search_text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1')`,
    `insert into ${table}_search_rows (id) select id from ${table}`,
    `insert into ${table}_search (rowid, search_text)
      select n, search_text from ${table}_search_rows inner join ${table} using (id)`,
    `create trigger ${table}_search_insert after insert on ${table} begin
      insert into ${table}_search_rows (id) values (new.id);
      insert into ${table}_search (rowid, search_text) values (${number('new')}, new.search_text);
    end`,
    `create trigger ${table}_search_update after update of search_text on ${table}
      when old.search_text <> new.search_text begin
      update ${table}_search set search_text = new.search_text where rowid = ${number('new')};
    end`,
    `create trigger ${table}_search_delete after delete on ${table} begin
      delete from ${table}_search where rowid = ${number('old')};
      delete from ${table}_search_rows where id = old.id;
    end`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/**
 * An index for `like`. The extension is part of PostgreSQL and trusted, but may not be installed, and the server's role
 * may have no right to create it: then a search goes on reading every row, and this is no reason not to start.
 */
async function indexOnPostgres(db: Kysely<unknown>, table: string): Promise<void> {
  await sql
    .raw(`
      do $$ begin
        create extension if not exists pg_trgm;
        create index ${table}_search on ${table} using gin (search_text gin_trgm_ops);
      exception when others then
        raise notice 'searches of ${table} have no index: %', sqlerrm;
      end $$`)
    .execute(db);
}
