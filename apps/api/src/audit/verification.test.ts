import type { AuditVerification } from '@wardline/contracts';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { type Failure, givenSecret } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp } from '../test-support/test-app.ts';
import { givenEvents, list, verify } from './testing/calls.ts';
import { leaveEarly } from './testing/leave-early.ts';
import { Verification } from './verification.ts';

function headOf(result: AuditVerification): { seq: number; hash: string } {
  if (!result.verified) throw new Error('the log should hold');
  return { seq: result.lastSeq, hash: result.head };
}

describeEachEngine((engine) => {
  it('verifies more events than it reads at a time, and tells how far it is', async () => {
    const app = await startTestApp(engine);
    await givenEvents(app, 450);
    const response = await app.inject({
      method: 'POST',
      url: '/audit/api/audits/verify',
      headers: { accept: 'text/event-stream' },
    });
    expect(response.headers['content-type']).toContain('text/event-stream');
    const events = [...response.body.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''));
    expect(events[0]).toMatchObject({ type: 'progress', checked: 200 });
    expect(events.at(-1)).toMatchObject({ type: 'result', result: { verified: true, firstSeq: 1 } });
    expect(events.at(-1).result.events).toBe(events[0].total);
    await app.close();
  });

  it('holds while others write', async () => {
    const app = await startTestApp(engine);
    await givenEvents(app, 50);
    const [result] = await Promise.all([verify(app), givenEvents(app, 50)]);
    expect(result.verified).toBe(true);
    expect((await verify(app)).verified).toBe(true);
    await app.close();
  });

  it('proves that a head noted earlier is still in the chain', async () => {
    const app = await startTestApp(engine);
    const noted = headOf(await verify(app));
    await givenEvents(app, 5);
    expect((await verify(app, { expectedHead: noted.hash })).verified).toBe(true);
    expect((await verify(app, { expectedHead: `${noted.seq}:${noted.hash}` })).verified).toBe(true);
    expect(await verify(app, { expectedHead: `${noted.seq + 1}:${noted.hash}` })).toMatchObject({
      verified: false,
      brokenAt: { seq: noted.seq + 1, reason: 'expected-head-missing' },
    });
    await app.close();
  });

  it('finds with a noted head that the whole log was put back to an older copy', async () => {
    const app = await startTestApp(engine);
    const { db } = app.database;
    const older = await db.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow();
    await givenEvents(app, 5);
    const noted = headOf(await verify(app));
    await sql`delete from audit_events where seq > ${older.seq}`.execute(db);
    await db.updateTable('audit_head').set(older).execute();
    expect((await verify(app)).verified).toBe(true);
    expect(await verify(app, { expectedHead: noted.hash })).toMatchObject({
      verified: false,
      brokenAt: { reason: 'expected-head-missing' },
    });
    await app.close();
  });

  it('refuses an expected head that is none, naming the field', async () => {
    const app = await startTestApp(engine);
    const { status, body } = await app.call<Failure>('POST', '/audit/api/audits/verify', { expectedHead: 'abc' });
    expect([status, body.errors?.[0]?.fieldId]).toEqual([400, 'expectedHead']);
    await app.close();
  });

  it('puts each verification on record, with its outcome', async () => {
    const app = await startTestApp(engine);
    await givenSecret(app, 'one');
    await verify(app);
    await sql`update audit_events set action = 'LOGIN' where seq = 2`.execute(app.database.db);
    await verify(app);
    const { content } = await list(app, { actions: ['VERIFY'] });
    expect(content.map(({ outcome, details }) => [outcome, details.reason])).toEqual([
      ['FAILURE', 'column-changed'],
      ['SUCCESS', undefined],
    ]);
    await app.close();
  });

  it('runs one verification at a time', async () => {
    const app = await startTestApp(engine);
    const verification = new Verification(app.deps);
    const start = () =>
      verification.start(
        { actor: systemActor('test') },
        { expectedHead: undefined, signal: new AbortController().signal },
      );
    const running = start();
    expect(start).toThrow('being verified already');
    for await (const _event of running);
    for await (const _event of start());
    await app.close();
  });

  it('ends when the client goes away, and lets the next begin', async () => {
    const app = await startTestApp(engine);
    await givenEvents(app, 450);
    const url = await app.app.listen({ host: '127.0.0.1', port: 0 });
    const left = await leaveEarly(`${url}/audit/api/audits/verify`, {
      method: 'POST',
      headers: { accept: 'text/event-stream' },
    });
    expect(left.status).toBe(200);
    await expect
      .poll(async () => (await app.call<Failure>('POST', '/audit/api/audits/verify')).status, { timeout: 5000 })
      .toBe(200);
    await app.close();
  });
});
