import type { Tags } from '@wardline/contracts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** What a search looks through. Lower case by Unicode's rules, which SQLite's own functions do not know. */
export function searchText(entity: { identifier: string; name: string; description: string; tags: Tags }): string {
  const { identifier, name, description, tags } = entity;
  const words = Object.entries(tags).map(([key, value]) => (value ? `${key}:${value}` : key));
  return [identifier, name, description, ...words].join('\n').toLowerCase();
}

/** True where a column of lower-case text contains the words searched for, which may be in any case. */
export function matchesSearch(column: string, words: string): RawBuilder<SqlBool> {
  return like(sql.ref(column), words);
}

/** True where the column contains the text, in any case. */
export function contains(column: string, text: string): RawBuilder<SqlBool> {
  return like(sql`lower(${sql.ref(column)})`, text);
}

/** The text's own `%` and `_` stand for themselves. */
function like(expression: RawBuilder<unknown>, text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return sql<SqlBool>`${expression} like ${pattern} escape '\\'`;
}

/** True where the column is one of the values; never true for none. */
export function isOneOf(column: string, values: readonly string[]): RawBuilder<SqlBool> {
  if (values.length === 0) return sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(values)})`;
}
