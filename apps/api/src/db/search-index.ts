import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Engine } from './client.ts';
import type { ListedTable } from './page.ts';
import type { Tables } from './schema.ts';
import { matchesSearch } from './search.ts';

/** With more matches than this a list is found faster by reading the rows in its order. */
const FEW = 500;

/** The shortest text that has a trigram, in characters. */
const SHORTEST = 3;

/** How a list finds the rows whose texts contain the words. */
export type Search =
  /** A condition on each row, or one that PostgreSQL has an index for. */
  | { readonly condition: RawBuilder<SqlBool> }
  /** The ids of all such rows, few of them: they are looked up, and whatever else is asked is looked at afterwards. */
  | { readonly ids: RawBuilder<unknown> };

/**
 * Looks in the index of SQLite whether few rows contain the words. It finds the same rows as reading all of them would:
 * a phrase of trigrams is a part of the text, and both are in lower case.
 */
export async function search(
  db: Kysely<Tables>,
  engine: Engine,
  { table, words }: { table: ListedTable; words: string },
): Promise<Search> {
  const condition = matchesSearch(`${table}.search_text`, words);
  const text = words.toLowerCase();
  if (engine !== 'sqlite' || !(table === 'connectors' || table === 'secrets') || [...text].length < SHORTEST) {
    return { condition };
  }
  const index = sql.table(`${table}_search`);
  const phrase = `"${text.replaceAll('"', '""')}"`;
  const matches = sql`select rowid from ${index} where ${index} match ${phrase}`;
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from (${matches} limit ${FEW + 1})`.execute(db);
  if (Number(rows[0]?.found) > FEW) return { condition };
  return { ids: sql`select id from ${sql.table(`${table}_search_rows`)} where n in (${matches})` };
}
