import { createHash } from 'node:crypto';
import type { AuditBreak } from '@wardline/contracts';
import { type Kysely, sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Tables } from '../db/schema.ts';
import { loadMasterKey } from '../master-key.ts';
import { describeEachEngine, startTestApp } from '../test-support/test-app.ts';
import { givenEvents, verify } from './testing/calls.ts';

/** The log has at least so many events when it is tampered with. */
const EVENTS = 12;

interface Tampering {
  readonly name: string;
  readonly tamper: (db: Kysely<Tables>, lastSeq: number) => Promise<unknown>;
  readonly found: AuditBreak;
  /** The first broken event. */
  readonly at: number | ((lastSeq: number) => number);
}

/** Makes plain hashes from one event on, as whoever has not the key can at best. */
async function hashAnew(db: Kysely<Tables>, from: number): Promise<void> {
  const rows = await db.selectFrom('audit_events').selectAll().orderBy('seq').execute();
  let before = '';
  for (const row of rows) {
    const seq = Number(row.seq);
    const hash = seq < from ? row.hash : createHash('sha256').update(`${before}\n${seq}\n${row.event}`).digest('hex');
    await db.updateTable('audit_events').set({ hash }).where('seq', '=', row.seq).execute();
    before = hash;
  }
  await db.updateTable('audit_head').set({ hash: before }).execute();
}

/** Removes the newest event, and says that the one before is the last. */
async function cutOff(db: Kysely<Tables>, last: number): Promise<void> {
  await sql`delete from audit_events where seq = ${last}`.execute(db);
  await sql`update audit_head set seq = ${last - 1},
    hash = (select hash from audit_events where seq = ${last - 1})`.execute(db);
}

async function insertCopy(db: Kysely<Tables>, seq: number): Promise<void> {
  const row = await db.selectFrom('audit_events').selectAll().where('seq', '=', 5).executeTakeFirstOrThrow();
  await db
    .insertInto('audit_events')
    .values({ ...row, seq, id: 'forged' })
    .execute();
}

const TAMPERINGS: readonly Tampering[] = [
  {
    name: 'the text of an event is edited',
    tamper: (db) => sql`update audit_events set event = replace(event, 'TEST', 'LOGIN') where seq = 7`.execute(db),
    found: 'changed',
    at: 7,
  },
  ...(['id', 'at', 'org_id', 'project_id', 'action', 'outcome', 'resource_type', 'resource_identifier'] as const).map(
    (column) => ({
      name: `only the column ${column}, which filters read, is edited`,
      tamper: (db: Kysely<Tables>) => sql`update audit_events set ${sql.ref(column)} = 'x' where seq = 7`.execute(db),
      found: 'column-changed' as const,
      at: 7,
    }),
  ),
  {
    name: 'the column of who did it is edited',
    tamper: (db) => sql`update audit_events set principal_identifier = 'someone.else' where seq = 4`.execute(db),
    found: 'column-changed',
    at: 4,
  },
  {
    name: 'an event in the middle is deleted',
    tamper: (db) => sql`delete from audit_events where seq = 6`.execute(db),
    found: 'missing',
    at: 6,
  },
  {
    name: 'the newest event is deleted',
    tamper: (db, last) => sql`delete from audit_events where seq = ${last}`.execute(db),
    found: 'missing',
    at: (last) => last,
  },
  {
    name: 'the newest event is deleted and the head moved back',
    tamper: cutOff,
    found: 'head-changed',
    at: (last) => last - 1,
  },
  {
    name: 'the oldest events are deleted by hand',
    tamper: (db) => sql`delete from audit_events where seq <= 3`.execute(db),
    found: 'missing',
    at: 1,
  },
  {
    name: 'all events are deleted and the head is set to the beginning',
    tamper: async (db) => {
      await sql`delete from audit_events`.execute(db);
      await sql`update audit_head set seq = 0, hash = '', signature = ''`.execute(db);
    },
    found: 'missing',
    at: 1,
  },
  {
    name: 'two events are swapped',
    tamper: async (db) => {
      await sql`update audit_events set seq = -1 where seq = 5`.execute(db);
      await sql`update audit_events set seq = 5 where seq = 6`.execute(db);
      await sql`update audit_events set seq = 6 where seq = -1`.execute(db);
    },
    found: 'changed',
    at: 5,
  },
  {
    name: 'an event is inserted and the ones after it are moved up',
    tamper: async (db, last) => {
      for (let seq = last; seq >= 8; seq -= 1)
        await sql`update audit_events set seq = ${seq + 1} where seq = ${seq}`.execute(db);
      await insertCopy(db, 8);
    },
    found: 'changed',
    at: 8,
  },
  {
    name: 'an event is added at the end',
    tamper: (db, last) => insertCopy(db, last + 1),
    found: 'changed',
    at: (last) => last + 1,
  },
  { name: 'an event is put before the first', tamper: (db) => insertCopy(db, -3), found: 'unexpected', at: -3 },
  {
    name: 'an event is edited and all hashes after it are computed again without the key',
    tamper: async (db) => {
      await sql`update audit_events set event = replace(event, 'TEST', 'LOGIN') where seq = 7`.execute(db);
      await hashAnew(db, 7);
    },
    found: 'changed',
    at: 7,
  },
  {
    name: 'the hash of the head is edited',
    tamper: (db) => sql`update audit_head set hash = ${'0'.repeat(64)}`.execute(db),
    found: 'head-changed',
    at: (last) => last,
  },
  {
    name: 'the head is removed',
    tamper: (db) => sql`delete from audit_head`.execute(db),
    found: 'head-changed',
    at: (last) => last,
  },
  {
    name: 'a checkpoint is forged in the place of old events',
    tamper: async (db) => {
      await sql`insert into audit_checkpoint (id, seq, hash, removed, at, signature)
        values (1, 4, (select hash from audit_events where seq = 4), 4, '2026-01-01T00:00:00.000Z', ${'0'.repeat(64)})`.execute(
        db,
      );
      await sql`delete from audit_events where seq <= 4`.execute(db);
    },
    found: 'checkpoint-forged',
    at: 4,
  },
  {
    name: 'a later event is edited too: the first is named',
    tamper: (db) =>
      sql`update audit_events set event = replace(event, 'TEST', 'LOGIN') where seq in (9, 6, 11)`.execute(db),
    found: 'changed',
    at: 6,
  },
];

describeEachEngine((engine) => {
  it.each(TAMPERINGS)('finds that $name', async ({ tamper, found, at }) => {
    const app = await startTestApp(engine);
    await givenEvents(app, EVENTS);
    const before = await verify(app);
    expect(before).toMatchObject({ verified: true, firstSeq: 1 });
    // The verification itself was an event.
    const last = before.verified ? before.lastSeq + 1 : 0;
    await tamper(app.database.db, last);

    const seq = typeof at === 'number' ? at : at(last);
    expect(await verify(app)).toMatchObject({ verified: false, brokenAt: { seq, reason: found } });
    await app.close();
  });

  it('still finds that the end was cut off after the server has gone on', async () => {
    const app = await startTestApp(engine);
    await givenEvents(app, EVENTS);
    const { db } = app.database;
    const last = Number((await db.selectFrom('audit_head').select('seq').executeTakeFirstOrThrow()).seq);
    await cutOff(db, last);
    await givenEvents(app, 3);
    expect(await verify(app)).toMatchObject({
      verified: false,
      brokenAt: { seq: last - 1, reason: 'head-changed' },
    });
    await givenEvents(app, 3);
    expect(await verify(app)).toMatchObject({ verified: false, brokenAt: { seq: last - 1 } });
    await app.close();
  });

  it('still finds that everything was deleted after the server has gone on, also after a start that knows no master key', async () => {
    const app = await startTestApp(engine);
    const { db } = app.database;
    await sql`delete from audit_events`.execute(db);
    await sql`update audit_head set seq = 0, hash = '', signature = ''`.execute(db);
    await sql`delete from settings`.execute(db);
    const { config, masterKey } = app.deps;
    await loadMasterKey({ ...config, masterKey: masterKey.exportBase64() }, app.database);
    await givenEvents(app, EVENTS);
    expect(await verify(app)).toMatchObject({ verified: false, brokenAt: { seq: 0, reason: 'head-changed' } });
    await app.close();
  });
});
