import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { openDatabase } from '../db/client.ts';
import { createStorage, type Storage } from '../storage.ts';
import { describeEachEngine, describePostgres, startTestApp, type TestApp } from '../test-support/test-app.ts';
import type { AuditEntry } from './audit-entry.ts';
import { chainKey } from './chain.ts';
import { verify } from './testing/calls.ts';

const actor = systemActor('test');
const entry = (identifier: string): AuditEntry => ({
  action: 'TEST',
  resource: { type: 'CONNECTOR', identifier },
  place: {},
});
const named = (prefix: string, count: number) => Array.from({ length: count }, (_value, index) => `${prefix}_${index}`);

/** The identifiers of the events whose identifier begins so, in the order of the chain. */
async function recordedIn(app: TestApp, prefix: string): Promise<string[]> {
  const { rows } = await sql<{ resource_identifier: string }>`
    select resource_identifier from audit_events where resource_identifier like ${`${prefix}%`} order by seq
  `.execute(app.database.db);
  return rows.map((row) => row.resource_identifier);
}

const reasons = (outcomes: PromiseSettledResult<void>[]) =>
  outcomes.map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : 'stored'));

describeEachEngine((engine) => {
  it('keeps order and chain of ten thousand records at once', async () => {
    const app = await startTestApp(engine);
    const { storage } = app.deps;
    const names = named('at_once', 10_000);
    const told: string[] = [];
    storage.onRecorded((entries) => told.push(...entries.map(({ resource }) => resource.identifier)));
    await Promise.all(names.map((name) => storage.record(actor, entry(name))));
    expect(await recordedIn(app, 'at_once')).toEqual(names);
    expect(told).toEqual(names);
    expect(await verify(app)).toMatchObject({ verified: true });
    await app.close();
  });

  it('tells every caller of a batch that could not be stored, stores nothing of it, and goes on', async () => {
    const app = await startTestApp(engine);
    const { db } = app.database;
    const { storage } = app.deps;
    const head = await db.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow();
    const row = await db.selectFrom('audit_events').selectAll().limit(1).executeTakeFirstOrThrow();
    // Within the batch, not at its beginning: what was added before it is to go as well.
    await db
      .insertInto('audit_events')
      .values({ ...row, seq: Number(head.seq) + 40, id: 'taken' })
      .execute();
    const failed = await Promise.allSettled(named('failed', 50).map((name) => storage.record(actor, entry(name))));
    expect(new Set(reasons(failed)).size).toBe(1);
    expect(reasons(failed)).not.toContain('stored');
    expect(await recordedIn(app, 'failed')).toEqual([]);

    await sql`delete from audit_events where id = 'taken'`.execute(db);
    await storage.record(actor, entry('after'));
    expect(await recordedIn(app, 'after')).toEqual(['after']);
    expect(await verify(app)).toMatchObject({ verified: true });
    await app.close();
  });

  it('stores all deeds of one caller or none', async () => {
    const app = await startTestApp(engine);
    const names = named('several', 100);
    await app.deps.storage.recordAll(actor, names.map(entry));
    await app.deps.storage.recordAll(actor, []);
    expect(await recordedIn(app, 'several')).toEqual(names);
    await app.close();
  });

  it('leaves nothing unrecorded that was reported before the storage was closed', async () => {
    const app = await startTestApp(engine);
    const names = named('late', 1000);
    const records = Promise.allSettled(names.map((name) => app.deps.storage.record(actor, entry(name))));
    await app.deps.storage.close();
    expect(await recordedIn(app, 'late')).toEqual(names);
    expect(new Set(reasons(await records))).toEqual(new Set(['stored']));
    await app.close();
  });

  it('keeps the chain whole where changes come in between', async () => {
    const app = await startTestApp(engine);
    const { storage } = app.deps;
    await Promise.all(
      named('mixed', 300).map((name, index) =>
        index % 10 === 0
          ? storage.change(actor, async () => ({ result: undefined, audit: entry(name) }))
          : storage.record(actor, entry(name)),
      ),
    );
    expect((await recordedIn(app, 'mixed')).length).toBe(300);
    expect(await verify(app)).toMatchObject({ verified: true });
    await app.close();
  });
});

describePostgres(() => {
  it('keeps one chain where several processes record at once', async () => {
    const app = await startTestApp('postgres');
    const { config, masterKey, now } = app.deps;
    const others = await Promise.all([openDatabase(config), openDatabase(config)]);
    const storages: Storage[] = [
      app.deps.storage,
      ...others.map((database) => createStorage(database, { key: chainKey(masterKey), now })),
    ];
    const prefixes = storages.map((_storage, index) => `process_${index}`);
    await Promise.all(
      storages.map(async (storage, index) => {
        for (let round = 0; round < 10; round += 1) {
          const names = named(`${prefixes[index]}_${round}`, 50);
          await Promise.all(names.map((name) => storage.record(actor, entry(name))));
        }
      }),
    );
    for (const [index, prefix] of prefixes.entries()) {
      const expected = Array.from({ length: 10 }, (_value, round) => named(`process_${index}_${round}`, 50)).flat();
      expect(await recordedIn(app, `${prefix}\\_`)).toEqual(expected);
    }
    expect(await verify(app)).toMatchObject({ verified: true });
    await Promise.all(others.map((database) => database.close()));
    await app.close();
  });
});
