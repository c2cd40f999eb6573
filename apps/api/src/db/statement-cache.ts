import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type Libsql from 'libsql';

/** More than the different statements that the stores make; lists with many values in a filter are what varies. */
const KEPT = 200;

/** What may change the columns of a kept statement; only migrations do. */
const CHANGES_SCHEMA = /^\s*(create|alter|drop)\b/i;

/**
 * The same database, preparing each statement once: parsing and planning a query takes longer than running it.
 * What was not used for longest is let go. A kept statement may be used again because Kysely reads its rows to the
 * end before anything else runs.
 */
export function withStatementCache(database: Libsql.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const found = kept.get(sql);
      if (!found && CHANGES_SCHEMA.test(sql)) kept.clear();
      const statement = found ?? keepable(database.prepare(sql));
      kept.delete(sql);
      kept.set(sql, statement);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '');
      return statement;
    },
    close: () => database.close(),
  };
}

/** A statement that knows what is always the same of it, and makes rows of lists: of objects, the driver takes twice as long. */
function keepable(statement: Libsql.Statement): SqliteStatement {
  const { reader } = statement;
  const names = reader
    ? statement
        .raw(true)
        .columns()
        .map(({ name }) => name)
    : [];
  return {
    reader,
    all: (parameters) => statement.all(parameters).map((values) => toRow(names, values)),
    run: (parameters) => statement.run(parameters),
    *iterate(parameters) {
      for (const values of statement.iterate(parameters)) yield toRow(names, values);
    },
  };
}

function toRow(names: readonly string[], values: unknown): Record<string, unknown> {
  const list = values as readonly unknown[];
  const row: Record<string, unknown> = {};
  // Runs for each row that the server reads.
  for (let column = 0; column < names.length; column += 1) row[names[column] ?? ''] = list[column];
  return row;
}
