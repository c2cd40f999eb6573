import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecretResponse } from '@wardline/contracts';
import { MasterKey, seal } from '@wardline/envelope';
import { Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import SqliteDatabase from 'libsql';
import pg from 'pg';
import { expect, it } from 'vitest';
import { readSecretValues } from '../../secrets/read-secret-values.ts';
import type { Success } from '../../test-support/fixtures.ts';
import { describeEachEngine, newDatabase, startTestApp } from '../../test-support/test-app.ts';
import type { Engine } from '../client.ts';
import { MIGRATIONS } from './migrate.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

interface OldTables {
  secrets: Record<string, string | number>;
  entity_counts: Record<string, string | number>;
}

/** A database as the release before left it. */
async function oldDatabase(engine: Engine, dataDir: string) {
  if (engine === 'sqlite') {
    const database = new SqliteDatabase(join(dataDir, 'wardline.db'));
    return { db: new Kysely<OldTables>({ dialect: new SqliteDialect({ database }) }), env: {} };
  }
  const url = await newDatabase();
  const pool = new pg.Pool({ connectionString: url });
  return { db: new Kysely<OldTables>({ dialect: new PostgresDialect({ pool }) }), env: { DATABASE_URL: url } };
}

/** A row of a secret as it was: its value bound to the number that counts its values. */
function oldRow(identifier: string, value: string, version: number, org: string) {
  const context = { account: 'default', org, project: '', secret: identifier, version: String(version) };
  const message = seal(MasterKey.fromBase64(KEY), Buffer.from(value), context);
  return {
    id: `id-of-${identifier}`,
    org_id: org,
    project_id: '',
    identifier,
    name: `Name of ${identifier}`,
    description: 'from before',
    tags: '{"a":"b"}',
    search_text: identifier,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-02-02T00:00:00.000Z',
    type: 'SecretText',
    secret_manager: 'harnessSecretManager',
    version,
    ciphertext: Buffer.from(message).toString('base64'),
  };
}

describeEachEngine((engine) => {
  it('keeps the secrets of the release before readable, each with one version', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'wardline-migration-'));
    const { db, env } = await oldDatabase(engine, dataDir);
    const { error } = await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateTo(
      '0006-connectivity',
    );
    expect(error).toBeUndefined();
    const long = 'ü'.repeat(100_000);
    const old = [oldRow('once', 'first', 1, ''), oldRow('often', long, 7, ''), oldRow('of_org', '🙂', 2, 'o')];
    for (let n = 0; n < 120; n += 1) old.push(oldRow(`more_${n}`, `value ${n}`, 1, 'many'));
    for (const row of old) await db.insertInto('secrets').values(row).execute();
    await db
      .insertInto('secrets')
      .values({ ...oldRow('damaged', '', 1, ''), ciphertext: 'AAAA' })
      .execute();
    await db.insertInto('entity_counts').values({ kind: 'secret', org_id: '', project_id: '', total: 3 }).execute();
    await db.destroy();

    const app = await startTestApp(engine, {
      env: { ...env, WARDLINE_DATA_DIR: dataDir, WARDLINE_MASTER_KEY: KEY },
    });
    try {
      const read = async (identifier: string, query = '') =>
        (await app.call<Success<SecretResponse>>('GET', `/ng/api/v2/secrets/${identifier}?${query}`)).body.data;
      const times = { createdAt: Date.parse('2026-01-01'), updatedAt: Date.parse('2026-02-02') };
      expect(await read('once')).toMatchObject({ ...times, version: 1, byteLength: 5, secret: { tags: { a: 'b' } } });
      expect(await read('often')).toMatchObject({ ...times, version: 7, byteLength: 200_000 });
      expect(await read('of_org', 'orgIdentifier=o')).toMatchObject({ version: 2, byteLength: 4 });
      expect(await read('damaged')).toMatchObject({ version: 1, byteLength: 0 });

      const value = async (reference: string, place = {}) => {
        const values = await readSecretValues(app.deps, { place, identifier: 'asking' }, [{ field: 'f', reference }]);
        return values.get(reference);
      };
      expect(await value('once')).toBe('first');
      expect(await value('often')).toBe(long);
      expect(await value('org.of_org', { orgIdentifier: 'o' })).toBe('🙂');
      expect(await value('org.more_119', { orgIdentifier: 'many' })).toBe('value 119');

      const versions = await app.database.db
        .selectFrom('secret_versions')
        .selectAll()
        .where('secret_id', 'in', ['id-of-once', 'id-of-often'])
        .orderBy('version')
        .execute();
      expect(versions).toMatchObject([
        { version: 1, origin: 'created', name: 'Name of once', description: 'from before' },
        { version: 7, origin: 'changed', created_at: '2026-02-02T00:00:00.000Z' },
      ]);
    } finally {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
