import { join } from 'node:path';
import { DEFAULT_MIGRATION_TABLE, Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import SqliteDatabase from 'libsql';
import pg from 'pg';
import { ConfigError } from '../config.ts';
import { keepPrivate, keepPrivateIfPresent } from '../data-dir.ts';
import { migrateToLatest } from './migrations/migrate.ts';
import type { Tables } from './schema.ts';
import { withStatementCache } from './statement-cache.ts';
import { WalFlush } from './wal-flush.ts';

export type Engine = 'sqlite' | 'postgres';

/** An open database, as it was found. */
export interface OpenedDatabase {
  readonly engine: Engine;
  readonly db: Kysely<Tables>;
}

/** An open database, migrated to the newest schema. */
export interface Database extends OpenedDatabase {
  /** Everything that was committed before the call survives the loss of power once it resolves. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface DatabaseOptions {
  readonly dataDir: string;
  /** `postgres://…`; absent means the embedded SQLite file in the data directory. */
  readonly databaseUrl: string | undefined;
}

/**
 * Opens the database that the configuration names and brings its schema up to date.
 * @param check looks at it before anything is changed; what it throws leaves the database as it was.
 */
export async function openDatabase(
  options: DatabaseOptions,
  check?: (opened: OpenedDatabase) => Promise<void>,
): Promise<Database> {
  const { engine, dialect, log } = options.databaseUrl ? postgres(options.databaseUrl) : sqlite(options.dataDir);
  const db = new Kysely<Tables>({ dialect });
  try {
    await check?.({ engine, db });
    await migrateToLatest(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    engine,
    db,
    // PostgreSQL answers a commit when it is durable.
    flush: async () => log?.flush(),
    async close() {
      await log?.close();
      await db.destroy();
    },
  };
}

/** Whether a table is there; on PostgreSQL, where a query without a schema would find it. */
export async function hasTable(db: Kysely<Tables>, engine: Engine, name: keyof Tables): Promise<boolean> {
  const { rows } =
    engine === 'postgres'
      ? await sql`select 1 where to_regclass(${name}) is not null`.execute(db)
      : await sql`select 1 from sqlite_master where type = 'table' and name = ${name}`.execute(db);
  return rows.length > 0;
}

function postgres(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 5000 });
  // A connection that breaks is reported by the query that needs it, and replaced; but without listeners the event
  // itself would end the process, whether the connection is idle or just lent out.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return { engine: 'postgres', dialect: new PostgresDialect({ pool }), log: undefined } as const;
}

/**
 * NORMAL keeps the database whole whatever happens, and leaves waiting for the disk to {@link WalFlush}. Negative cache
 * sizes are KiB; 2 MiB, the default, does not hold one index of 100,000 rows.
 */
const SQLITE_SETTINGS = [
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'foreign_keys = ON',
  'busy_timeout = 5000',
  'cache_size = -16384',
];

/** @throws ConfigError where the file is no database, or one of another program, which is then left as it is. */
function openSqlite(path: string): SqliteDatabase.Database {
  const database = new SqliteDatabase(path);
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
    if (tables.length > 0 && !tables.some(isMigrationTable)) {
      throw new ConfigError(
        `${path} is a database of another program. Move it away, or set WARDLINE_DATA_DIR to another folder.`,
      );
    }
    for (const pragma of SQLITE_SETTINGS) database.pragma(pragma);
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && 'code' in error && NO_DATABASE.has(error.code)) {
      throw new ConfigError(
        `${path} is not a readable database (${error.message}). Restore it from a backup, or move it away to start anew.`,
      );
    }
    throw error;
  }
}

/** What SQLite says of a file that is something else, or that is damaged. */
const NO_DATABASE: ReadonlySet<unknown> = new Set(['SQLITE_NOTADB', 'SQLITE_CORRUPT']);

/** The first table that a migration makes. */
function isMigrationTable(row: unknown): boolean {
  return typeof row === 'object' && row !== null && 'name' in row && row.name === DEFAULT_MIGRATION_TABLE;
}

function sqlite(dataDir: string) {
  const path = join(dataDir, 'wardline.db');
  // SQLite gives new files beside the database the mode of the database; those of an earlier start are set here.
  keepPrivate(path);
  for (const suffix of ['-wal', '-shm']) keepPrivateIfPresent(path + suffix);
  const database = openSqlite(path);
  const dialect = new SqliteDialect({ database: withStatementCache(database) });
  return { engine: 'sqlite', dialect, log: new WalFlush(`${path}-wal`) } as const;
}
