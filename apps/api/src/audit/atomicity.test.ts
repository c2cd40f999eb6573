import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { type Failure, secret } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp } from '../test-support/test-app.ts';
import { givenEvents, list, verify } from './testing/calls.ts';

describeEachEngine((engine) => {
  it('changes nothing where its event cannot be stored', async () => {
    const app = await startTestApp(engine);
    const { db } = app.database;
    const head = await db.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow();
    // The next number is taken, so that the insertion of the event fails, after the change was made.
    const row = await db.selectFrom('audit_events').selectAll().limit(1).executeTakeFirstOrThrow();
    const taken = Number(head.seq) + 1;
    await db
      .insertInto('audit_events')
      .values({ ...row, seq: taken, id: 'taken' })
      .execute();
    const refused = await app.call<Failure>('POST', '/ng/api/v2/secrets', secret('one'));
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await db.selectFrom('secrets').selectAll().execute()).toEqual([]);
    expect(await db.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow()).toEqual(head);

    await sql`delete from audit_events where id = 'taken'`.execute(db);
    expect((await app.call('POST', '/ng/api/v2/secrets', secret('one'))).status).toBe(200);
    expect((await verify(app)).verified).toBe(true);
    await app.close();
  });

  it('records no event of a change that fails, whatever the change had done before', async () => {
    const app = await startTestApp(engine);
    const before = (await list(app)).totalItems;
    const failing = app.deps.storage.change(systemActor('test'), async ({ connectors }) => {
      await connectors.lockScope({ orgIdentifier: 'touched' });
      throw new Error('the change fails');
    });
    await expect(failing).rejects.toThrow('the change fails');
    expect((await list(app)).totalItems).toBe(before);
    const { rows } = await sql`select * from entity_counts where org_id = 'touched'`.execute(app.database.db);
    expect(rows).toEqual([]);
    await app.close();
  });

  it('keeps the chain whole where many changes happen at once', async () => {
    const app = await startTestApp(engine);
    const names = Array.from({ length: 20 }, (_value, index) => `secret_${index}`);
    const writes = names.map((name) => app.call('POST', '/ng/api/v2/secrets', secret(name)));
    const again = names.map((name) => app.call('POST', '/ng/api/v2/secrets', secret(name)));
    const answers = await Promise.all([...writes, ...again, givenEvents(app, 20)]);
    const created = answers.filter((answer) => answer?.status === 200).length;
    expect(created).toBe(names.length);
    expect((await list(app, { actions: ['CREATE'], resources: [{ type: 'SECRET' }] })).totalItems).toBe(created);
    expect((await verify(app)).verified).toBe(true);
    await app.close();
  });
});
