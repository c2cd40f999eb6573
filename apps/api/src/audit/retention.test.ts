import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { describeEachEngine, startTestApp } from '../test-support/test-app.ts';
import { pruneEvents } from './prune-events.ts';
import { givenEvents, list, verify } from './testing/calls.ts';

const DAY_MS = 86_400_000;

/** An application whose clock a test moves. */
async function startWithClock(engine: 'sqlite' | 'postgres', env: Record<string, string> = {}) {
  let time = Date.parse('2026-03-01T00:00:00.000Z');
  const app = await startTestApp(engine, { now: () => new Date(time), env });
  return {
    app,
    passDays(days: number) {
      time += days * DAY_MS;
    },
  };
}

describeEachEngine((engine) => {
  it('removes what is older than the retention, and the log goes on from a signed checkpoint', async () => {
    const { app, passDays } = await startWithClock(engine);
    await givenEvents(app, 450);
    const noted = await verify(app);
    passDays(31);
    await givenEvents(app, 3);
    const before = await verify(app);
    const young = 3 + 1; // with the verification just made
    const old = before.verified ? before.lastSeq - 3 : 0;

    expect(await pruneEvents(app.deps, 30)).toBe(old);
    const after = await verify(app);
    expect(after).toMatchObject({
      verified: true,
      firstSeq: old + 1,
      // and the event of the pruning
      events: young + 1,
      pruned: { events: old, at: '2026-04-01T00:00:00.000Z' },
    });
    const { content } = await list(app, { actions: ['PRUNE'] });
    expect(content).toHaveLength(1);
    expect(content[0]).toMatchObject({
      authenticationInfo: { principal: { type: 'SYSTEM', identifier: 'audit-retention' } },
      details: { retentionDays: 30, olderThan: '2026-03-02T00:00:00.000Z' },
    });
    // A head that was pruned can't be proven any more, and the answer says why.
    const expectedHead = noted.verified ? noted.head : '';
    expect(await verify(app, { expectedHead })).toMatchObject({
      verified: false,
      brokenAt: { reason: 'expected-head-missing', explanation: expect.stringContaining('retention') },
    });
    expect(await pruneEvents(app.deps, 30)).toBe(0);
    await app.close();
  });

  it('goes on from the checkpoint of the run before', async () => {
    const { app, passDays } = await startWithClock(engine);
    for (const _month of [1, 2, 3]) {
      await givenEvents(app, 5);
      passDays(31);
      await pruneEvents(app.deps, 30);
    }
    const result = await verify(app);
    expect(result).toMatchObject({ verified: true });
    if (result.verified) expect(result.pruned?.events).toBe(result.firstSeq - 1);
    await app.close();
  });

  it.each([
    [
      'moved on over events that were removed by hand',
      'checkpoint-forged',
      sql`update audit_checkpoint set seq = seq + 1`,
    ],
    ['removed', 'missing', sql`delete from audit_checkpoint`],
    ['made to tell fewer removed events', 'checkpoint-forged', sql`update audit_checkpoint set removed = 1`],
  ])('finds that the checkpoint was %s', async (_what, reason, tampering) => {
    const { app, passDays } = await startWithClock(engine);
    await givenEvents(app, 5);
    passDays(31);
    await givenEvents(app, 5);
    await pruneEvents(app.deps, 30);
    expect((await verify(app)).verified).toBe(true);
    await tampering.execute(app.database.db);
    expect(await verify(app)).toMatchObject({ verified: false, brokenAt: { reason } });
    await app.close();
  });

  it('holds for who verifies while old events are removed', async () => {
    const { app, passDays } = await startWithClock(engine);
    await givenEvents(app, 900);
    passDays(31);
    await givenEvents(app, 300);
    const [result, removed] = await Promise.all([verify(app), pruneEvents(app.deps, 30)]);
    expect(removed).toBeGreaterThan(900);
    expect(result.verified).toBe(true);
    expect((await verify(app)).verified).toBe(true);
    await app.close();
  });

  it.each([
    [
      'an event that is young was made to look old',
      'column-changed',
      sql`update audit_events set at = '2026-01-01T00:00:00.000Z' where seq = 4`,
    ],
    ['an event was changed', 'changed', sql`update audit_events set event = event || ' ' where seq = 4`],
    ['an event was removed', 'missing', sql`delete from audit_events where seq = 4`],
    ['the first events were removed', 'missing', sql`delete from audit_events where seq <= 4`],
    [
      'a checkpoint was forged in their place',
      'checkpoint-forged',
      sql`insert into audit_checkpoint (id, seq, hash, removed, at, signature)
        select 1, seq, hash, seq, at, ${'0'.repeat(64)} from audit_events where seq = 4`,
    ],
  ])('signs for nothing that somebody else did, and keeps what follows: %s', async (_what, reason, tampering) => {
    const { app, passDays } = await startWithClock(engine);
    await givenEvents(app, 5);
    passDays(31);
    await tampering.execute(app.database.db);
    if (reason === 'checkpoint-forged') await sql`delete from audit_events where seq <= 4`.execute(app.database.db);
    const kept = () => app.database.db.selectFrom('audit_events').select('seq').execute();
    const before = await kept();
    await expect(pruneEvents(app.deps, 30)).rejects.toThrow(/The audit log is broken at event [14]\./);
    // The failure itself is on record.
    expect(await kept()).toHaveLength(before.length + 1);
    const { content } = await list(app, { actions: ['PRUNE'] });
    expect(content).toMatchObject([{ outcome: 'FAILURE', details: { reason } }]);
    expect(await verify(app)).toMatchObject({ verified: false, brokenAt: { reason } });
    await app.close();
  });

  it('signs for nothing beyond the first batch either', async () => {
    const { app, passDays } = await startWithClock(engine);
    await givenEvents(app, 450);
    passDays(31);
    await sql`delete from audit_events where seq = 300`.execute(app.database.db);
    await expect(pruneEvents(app.deps, 30)).rejects.toThrow('broken at event 300.');
    expect(await verify(app)).toMatchObject({ verified: false, brokenAt: { seq: 300, reason: 'missing' } });
    await app.close();
  });

  it('prunes by itself once the server is up', async () => {
    const { app, passDays } = await startWithClock(engine, { WARDLINE_AUDIT_RETENTION_DAYS: '30' });
    await givenEvents(app, 5);
    passDays(31);
    await app.app.listen({ host: '127.0.0.1', port: 0 });
    await expect.poll(async () => (await list(app, { actions: ['PRUNE'] })).content.length).toBe(1);
    await app.close();
  });

  it('keeps everything where no retention is configured', async () => {
    const { app, passDays } = await startWithClock(engine);
    passDays(10_000);
    await app.app.listen({ host: '127.0.0.1', port: 0 });
    expect(await verify(app)).toMatchObject({ verified: true, firstSeq: 1, pruned: null });
    await app.close();
  });
});
