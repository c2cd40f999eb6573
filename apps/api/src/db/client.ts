import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import SqliteDatabase from 'libsql';
import pg from 'pg';
import { migrateToLatest } from './migrations/migrate.ts';
import type { Tables } from './schema.ts';
import { withStatementCache } from './statement-cache.ts';

export type Engine = 'sqlite' | 'postgres';

/** An open database, migrated to the newest schema. */
export interface Database {
  readonly engine: Engine;
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

interface DatabaseOptions {
  readonly dataDir: string;
  /** `postgres://…`; absent means the embedded SQLite file in the data directory. */
  readonly databaseUrl: string | undefined;
}

/** Opens the database that the configuration names and brings its schema up to date. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { engine, dialect } = options.databaseUrl ? postgres(options.databaseUrl) : sqlite(options.dataDir);
  const db = new Kysely<Tables>({ dialect });
  try {
    await migrateToLatest(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { engine, db, close: () => db.destroy() };
}

function postgres(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 5000 });
  return { engine: 'postgres', dialect: new PostgresDialect({ pool }) } as const;
}

/** Negative cache sizes are KiB; 2 MiB, the default, does not hold one index of 100,000 rows. */
const SQLITE_SETTINGS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'busy_timeout = 5000',
  'cache_size = -16384',
];

/** WAL with `synchronous=FULL`: an acknowledged write survives the loss of power (https://sqlite.org/pragma.html#pragma_synchronous). */
function sqlite(dataDir: string) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = new SqliteDatabase(join(dataDir, 'wardline.db'));
  for (const pragma of SQLITE_SETTINGS) {
    database.pragma(pragma);
  }
  return { engine: 'sqlite', dialect: new SqliteDialect({ database: database }) } as const;
}
