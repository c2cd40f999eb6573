import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MasterKey } from '@wardline/envelope';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import SqliteDatabase from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './config.ts';
import { type Database, hasTable, openDatabase } from './db/client.ts';
import { MIGRATIONS } from './db/migrations/migrate.ts';
import type { Tables } from './db/schema.ts';
import { checkMasterKey, loadMasterKey } from './master-key.ts';

describe('the master key', () => {
  let dataDir: string;
  let database: Database;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'wardline-key-'));
    database = await openDatabase({ dataDir, databaseUrl: undefined });
  });
  afterEach(async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const load = (options: { masterKey?: string; masterKeyFile?: string } = {}) =>
    loadMasterKey({ masterKey: undefined, masterKeyFile: undefined, dataDir, ...options }, database);

  it('is made once, for its owner only, and read from then on', async () => {
    const made = await load();
    const path = join(dataDir, 'master.key');
    expect(made.origin).toEqual({ kind: 'made', path });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const again = await load();
    expect(again.origin).toEqual({ kind: 'file', path });
    expect(again.masterKey.fingerprint).toBe(made.masterKey.fingerprint);
    expect(JSON.stringify(made)).not.toContain((await readFile(path, 'utf8')).trim());
  });

  it('is the same for processes that start together', async () => {
    const loaded = await Promise.all(Array.from({ length: 5 }, () => load()));
    const keys = loaded.map(({ masterKey }) => masterKey.fingerprint);
    expect(new Set(keys).size).toBe(1);
    expect(loaded.filter(({ origin }) => origin.kind === 'made')).toHaveLength(1);
    expect((await readdir(dataDir)).filter((name) => name.startsWith('master.key'))).toEqual(['master.key']);
    expect((await load()).masterKey.fingerprint).toBe(keys[0]);
  });

  it('comes from the environment before the file, and from the file before the data directory', async () => {
    const key = MasterKey.generate();
    const path = join(dataDir, 'elsewhere.key');
    await writeFile(path, `${key.exportBase64()}\n`);
    expect(await load({ masterKey: key.exportBase64(), masterKeyFile: '/nowhere' })).toMatchObject({
      origin: { kind: 'environment' },
    });
    expect(await load({ masterKeyFile: path })).toMatchObject({ origin: { kind: 'file', path } });
    expect(await readdir(dataDir)).not.toContain('master.key');
  });

  it.each(['too short', Buffer.alloc(16).toString('base64'), `${'A'.repeat(43)}!`])(
    'is refused when it is not base64 of 32 bytes',
    async (text) => {
      const error = await load({ masterKey: text }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).toContain('WARDLINE_MASTER_KEY: The master key must be the base64 of exactly 32 bytes');
      expect(String(error)).not.toContain(text);
    },
  );

  it('is refused when its file is not there', async () => {
    await expect(load({ masterKeyFile: join(dataDir, 'none') })).rejects.toThrow('there is no such file');
  });

  it('of another database stops the start and changes nothing', async () => {
    const { masterKey } = await load();
    const other = MasterKey.generate();
    const error = await load({ masterKey: other.exportBase64() }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain(masterKey.fingerprint);
    expect(String(error)).toContain('written under another master key');
    expect(await database.db.selectFrom('settings').selectAll().execute()).toEqual([
      { name: 'master_key_fingerprint', value: masterKey.fingerprint },
    ]);
  });

  it('of another database stops the start before the schema is brought up to date', async () => {
    const { masterKey } = await load();
    const folder = await mkdtemp(join(tmpdir(), 'wardline-old-'));
    const raw = () =>
      new Kysely<Tables>({ dialect: new SqliteDialect({ database: new SqliteDatabase(join(folder, 'wardline.db')) }) });
    // The database as an earlier version left it.
    const old = raw();
    const migrator = new Migrator({ db: old, provider: { getMigrations: async () => MIGRATIONS } });
    await migrator.migrateTo('0005-api-processes');
    await old.insertInto('settings').values({ name: 'master_key_fingerprint', value: masterKey.fingerprint }).execute();
    await old.destroy();
    const start = (key: MasterKey) => {
      const options = { masterKey: key.exportBase64(), masterKeyFile: undefined, dataDir: folder };
      return openDatabase({ dataDir: folder, databaseUrl: undefined }, (opened) => checkMasterKey(options, opened));
    };
    const isUpToDate = async () => {
      const db = raw();
      try {
        return await hasTable(db, 'sqlite', 'connectivity_history');
      } finally {
        await db.destroy();
      }
    };
    await expect(start(MasterKey.generate())).rejects.toThrow('written under another master key');
    expect(await isUpToDate()).toBe(false);
    await (await start(masterKey)).close();
    expect(await isUpToDate()).toBe(true);
    await rm(folder, { recursive: true });
  });

  it('is not made anew when it is lost', async () => {
    await load();
    await rm(join(dataDir, 'master.key'));
    await expect(load()).rejects.toThrow('The master key is missing');
    expect(await readdir(dataDir)).not.toContain('master.key');
  });
});
