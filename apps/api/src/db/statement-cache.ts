import type { SqliteDatabase } from 'kysely';

/** More than the different statements that the stores make; lists with many values in a filter are what varies. */
const KEPT = 200;

/**
 * The same database, preparing each statement once: parsing and planning a query takes longer than running it.
 * What was not used for longest is let go. A kept statement may be used again because Kysely reads its rows to the
 * end before anything else runs.
 */
export function withStatementCache(database: SqliteDatabase): SqliteDatabase {
  const kept = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    prepare(sql) {
      const statement = kept.get(sql) ?? database.prepare(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '');
      return statement;
    },
    close: () => database.close(),
  };
}
