import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * True for users whose name or address contains the text, in any case. SQLite knows the cases of ASCII letters only,
 * so there a letter beyond is found as it is written, or in lower case.
 */
export function nameOrEmailContains(text: string): RawBuilder<SqlBool> {
  const asWritten = pattern(text);
  const lower = pattern(text.toLowerCase());
  return sql<SqlBool>`(users.email like ${lower} escape '\\' or users.name like ${asWritten} escape '\\' or lower(users.name) like ${lower} escape '\\')`;
}

/** The text's own `%` and `_` stand for themselves. */
function pattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
