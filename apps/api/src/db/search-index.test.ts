import type { Page, SecretResponse } from '@wardline/contracts';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenSecret, type Success, scopeQuery, secret } from '../test-support/fixtures.ts';
import { describeEachEngine, describePostgres, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { openDatabase } from './client.ts';
import { searchIndex } from './migrations/0008-search-index.ts';
import { sliceIds } from './page.ts';
import { search } from './search-index.ts';

const ROOT = '/ng/api/v2/secrets';

async function store(app: TestApp, identifier: string, description: string, method: 'POST' | 'PUT' = 'POST') {
  const body = { secret: { ...secret(identifier).secret, description } };
  const answer = await app.call(method, method === 'POST' ? ROOT : `${ROOT}/${identifier}`, body);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

async function find(app: TestApp, searchTerm: string, query = 'pageSize=100') {
  const { body } = await app.call<Success<Page<SecretResponse>>>('POST', `${ROOT}/list?${query}`, { searchTerm });
  return { total: body.data.totalItems, ids: body.data.content.map((one) => one.secret.identifier).sort() };
}

/** Deals characters from a few, so that parts of the texts are alike, with a fixed seed. */
function dealer(seed: number) {
  let state = seed;
  const next = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const characters = [...'aAbß"*%_\\\'-é🙂 zИ'];
  return (length: number) => Array.from({ length }, () => characters[next(characters.length)] ?? 'a').join('');
}

describeEachEngine((engine) => {
  let app: TestApp;
  const texts = new Map<string, string>();
  beforeAll(async () => {
    app = await startTestApp(engine);
    const deal = dealer(7);
    for (let n = 0; n < 60; n += 1) texts.set(`s${n}`, `x${deal(24)}x`);
    for (const [identifier, text] of texts) await store(app, identifier, text);
  });
  afterAll(() => app.close());

  it('finds every part of a text, in any case, and nothing else', async () => {
    const deal = dealer(99);
    const parts = [...texts.values()].map((text, n) => [...text].slice(1 + (n % 20), 4 + (n % 20) + (n % 5)).join(''));
    for (const term of [...parts, ...Array.from({ length: 20 }, (_value, n) => deal(1 + (n % 4)))]) {
      const words = term.trim() === '' ? 'absent' : term;
      const expected = [...texts].filter(([identifier, text]) =>
        `${identifier}\n${identifier}\n${text}`.toLowerCase().includes(words.toLowerCase()),
      );
      const found = await find(app, words);
      expect(found, JSON.stringify(words)).toEqual({
        total: expected.length,
        ids: expected.map(([identifier]) => identifier).sort(),
      });
    }
  });

  it('follows what is changed and deleted', async () => {
    await store(app, 'moving', 'a nightingale');
    expect((await find(app, 'nightingale')).ids).toEqual(['moving']);
    await store(app, 'moving', 'a kingfisher', 'PUT');
    expect((await find(app, 'nightingale')).ids).toEqual([]);
    expect((await find(app, 'KINGFISHER')).ids).toEqual(['moving']);
    await app.call('DELETE', `${ROOT}/moving`);
    expect((await find(app, 'kingfisher')).ids).toEqual([]);
  });

  it('counts and pages what it finds, in one scope only', async () => {
    for (let n = 0; n < 5; n += 1) await store(app, `paged_${n}`, 'a heron');
    await givenSecret(app, 'elsewhere', { orgIdentifier: 'o' });
    expect(await find(app, 'heron', 'pageSize=2&pageIndex=2')).toMatchObject({ total: 5, ids: [expect.any(String)] });
    expect((await find(app, 'elsewhere')).ids).toEqual([]);
    expect((await find(app, 'elsewhere', scopeQuery({ orgIdentifier: 'o' }))).ids).toEqual(['elsewhere']);
  });
});

describe('on embedded SQLite', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp('sqlite');
  });
  afterAll(() => app.close());

  it('looks up the few rows that the index finds, instead of walking a list', async () => {
    const { db } = app.database;
    const found = await search(db, 'sqlite', { table: 'secrets', words: 'some words' });
    if (!('ids' in found)) throw new Error('the index was not used');
    const ids = sliceIds(
      { table: 'secrets', places: [{}], conditions: [], ids: found.ids },
      { sort: { column: 'name', direction: 'asc' }, limit: 21, from: { offset: 0 } },
    );
    const { rows } = await sql<{ detail: string }>`explain query plan select * from ${ids}`.execute(db);
    const plan = rows.map(({ detail }) => detail).join('\n');
    expect(plan).toContain('SCAN secrets_search VIRTUAL TABLE');
    expect(plan).toMatch(/SEARCH secrets USING INDEX sqlite_autoindex_secrets_\d \(id=\?\)/);
  });

  it('reads the rows where many contain the words, or these are too short for the index', async () => {
    const { db } = app.database;
    await store(app, 'copied', 'a common word');
    const { rows: columns } = await sql<{ name: string }>`select name from pragma_table_info('secrets')`.execute(db);
    const copy = columns.map(({ name }) =>
      name === 'id' || name === 'identifier' ? `${name} || n.i` : `secrets.${name}`,
    );
    await sql
      .raw(`
        with recursive n(i) as (select 1 union all select i + 1 from n where i < 600)
        insert into secrets (${columns.map(({ name }) => name).join(', ')})
        select ${copy.join(', ')} from secrets, n where identifier = 'copied'`)
      .execute(db);
    expect(await search(db, 'sqlite', { table: 'secrets', words: 'common' })).toHaveProperty('condition');
    expect(await search(db, 'sqlite', { table: 'secrets', words: 'co' })).toHaveProperty('condition');
    expect((await find(app, 'common word', 'pageSize=10')).total).toBe(601);
  });

  it('finds what is older than the index', async () => {
    const upgraded = await startTestApp('sqlite');
    const { db } = upgraded.database;
    await store(upgraded, 'older', 'from a release before');
    for (const table of ['connectors', 'secrets']) {
      for (const event of ['insert', 'update', 'delete']) {
        await sql.raw(`drop trigger ${table}_search_${event}`).execute(db);
      }
      await sql.raw(`drop table ${table}_search`).execute(db);
      await sql.raw(`drop table ${table}_search_rows`).execute(db);
    }
    await searchIndex.up(db);
    expect((await find(upgraded, 'release before')).ids).toEqual(['older']);
    await upgraded.close();
  });
});

describePostgres(() => {
  it('has an index where the extension may be created, and starts where it may not', async () => {
    const app = await startTestApp('postgres');
    const { databaseUrl, dataDir } = app.deps.config;
    if (!databaseUrl) throw new Error('there is no PostgreSQL');
    const admin = new pg.Client(databaseUrl);
    await admin.connect();
    const indexes = async (client: pg.Client) =>
      (await client.query(`select indexname from pg_indexes where indexname = 'secrets_search'`)).rowCount;
    const { rows } = await admin.query(`select 1 from pg_available_extensions where name = 'pg_trgm'`);
    expect(await indexes(admin)).toBe(rows.length);

    // A role with a database in which it may do everything but create extensions.
    const name = `limited_${new URL(databaseUrl).pathname.slice(1)}`;
    await admin.query(`create role ${name} login password 'limited'`);
    await admin.query(`create database ${name}`);
    const limited = Object.assign(new URL(databaseUrl), { pathname: name, username: name, password: 'limited' });
    const owner = new pg.Client(Object.assign(new URL(databaseUrl), { pathname: name }).href);
    await owner.connect();
    await owner.query(`revoke create on database ${name} from public; grant all on schema public to ${name}`);
    const database = await openDatabase({ dataDir, databaseUrl: limited.href });
    expect(await indexes(owner)).toBe(0);
    const condition = await search(database.db, 'postgres', { table: 'secrets', words: 'any' });
    expect(condition).toHaveProperty('condition');
    await database.close();
    await owner.end();
    await admin.query(`drop database ${name}`);
    await admin.query(`drop role ${name}`);
    await admin.end();
    await app.close();
  });
});
