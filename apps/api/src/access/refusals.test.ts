import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { type Actor, ANONYMOUS } from './principal.ts';
import { Refusals } from './refusals.ts';

const from = (address: string): Actor => ({
  principal: ANONYMOUS,
  authentication: undefined,
  address,
  requestId: undefined,
  request: undefined,
});
const refusal = (identifier: string, place = {}) =>
  ({
    action: 'AUTHENTICATION_FAILED',
    outcome: 'DENIED',
    resource: { type: 'ACCOUNT', identifier },
    place,
    details: { reason: 'unknown' },
  }) as const;

const onFailure = (error: unknown) => {
  throw error;
};

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  /** Their windows end when they are closed. */
  const refusals = () => new Refusals({ storage: app.deps.storage, onFailure, windowMs: 3_600_000 });
  const eventsOn = async (identifier: string) => {
    const query = app.database.db.selectFrom('audit_events').select('event').orderBy('seq');
    const rows = await query.where('resource_identifier', '=', identifier).execute();
    return rows.map(({ event }): { details: object; address?: string; orgIdentifier?: string } => JSON.parse(event));
  };

  it('are an event at once, and then one event for all of the window', async () => {
    const all = refusals();
    await all.add('k', from('192.0.2.1'), refusal('burst'));
    expect(await eventsOn('burst')).toMatchObject([{ details: { reason: 'unknown' }, address: '192.0.2.1' }]);
    for (let sent = 0; sent < 500; sent += 1) await all.add('k', from('192.0.2.1'), refusal('burst'));
    expect(await eventsOn('burst')).toHaveLength(1);
    await all.close();
    expect(await eventsOn('burst')).toMatchObject([{}, { details: { reason: 'unknown', count: 500 } }]);
  });

  it('of one request may be several', async () => {
    const all = refusals();
    await all.add('k', from('192.0.2.1'), refusal('several_at_once'), 3);
    await all.add('k', from('192.0.2.1'), refusal('several_at_once'), 100);
    await all.add('k', from('192.0.2.1'), refusal('several_at_once'));
    await all.close();
    const counts = (await eventsOn('several_at_once')).map(({ details }) => details);
    expect(counts).toEqual([
      { reason: 'unknown', count: 3 },
      { reason: 'unknown', count: 101 },
    ]);
  });

  it('of other kinds are counted apart', async () => {
    const all = refusals();
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.1']) {
      await all.add(address, from(address), refusal('apart'));
    }
    await all.close();
    const events = await eventsOn('apart');
    expect(events.map(({ address }) => address)).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.1']);
    expect(events.at(-1)?.details).toEqual({ reason: 'unknown', count: 1 });
  });

  it('become events while they last, window by window', async () => {
    const all = new Refusals({ storage: app.deps.storage, onFailure, windowMs: 50 });
    for (let sent = 0; sent < 3; sent += 1) await all.add('k', from('192.0.2.1'), refusal('lasting'));
    await expect.poll(async () => (await eventsOn('lasting')).length).toBe(2);
    await all.add('k', from('192.0.2.1'), refusal('lasting'));
    await expect.poll(async () => (await eventsOn('lasting')).length).toBe(3);
    await all.close();
    const details = (await eventsOn('lasting')).map((event) => event.details);
    expect(details.slice(0, 2)).toEqual([{ reason: 'unknown' }, { reason: 'unknown', count: 2 }]);
  });

  it('from ever new addresses take a bounded number of events, and none is left out', async () => {
    const all = refusals();
    const network = (n: number) => `2001:db8:0:${n.toString(16)}::1`;
    for (let sent = 0; sent < 500; sent += 1) await all.add(`k${sent}`, from(network(sent)), refusal('many'));
    expect(await eventsOn('many')).toHaveLength(200);
    await all.close();
    expect(await eventsOn('many')).toHaveLength(200);
    const [together] = await eventsOn('');
    expect(together).toMatchObject({ details: { count: 300, severalCallers: true } });
    expect(together).not.toHaveProperty('address');
  });

  const known = (id: string): Actor => ({
    ...from('192.0.2.1'),
    principal: { type: 'USER', id, identifier: `${id}@example.com`, name: id },
  });
  const refusalsOf = async (identifier: string) => {
    const query = app.database.db.selectFrom('audit_events').select('event').orderBy('seq');
    const rows = await query.where('principal_identifier', '=', identifier).execute();
    return rows.map(({ event }): { details: object } => JSON.parse(event));
  };

  it('of one caller take a bounded number of events, and name that caller however many there are', async () => {
    const all = refusals();
    for (let sent = 0; sent < 50; sent += 1) await all.add(`noisy ${sent}`, known('noisy'), refusal(`n${sent}`));
    await all.close();
    const events = await refusalsOf('noisy@example.com');
    expect(events).toHaveLength(21);
    expect(events.at(-1)).toMatchObject({ details: { count: 30, severalKinds: true }, resource: { identifier: '' } });
  });

  it('of one caller are told apart whatever others do', async () => {
    const all = refusals();
    // Somebody who may do little and tries everything, and networks without number that have no identity.
    for (let sent = 0; sent < 300; sent += 1) await all.add(`prober ${sent}`, known('prober'), refusal(`p${sent}`));
    for (let sent = 0; sent < 300; sent += 1) {
      await all.add(`unknown ${sent}`, from(`2001:db8:1:${sent.toString(16)}::1`), refusal('flood'));
    }
    await all.add('quiet', known('quiet'), refusal('wanted_in_secret'));
    expect(await eventsOn('wanted_in_secret')).toMatchObject([{ principal: { identifier: 'quiet@example.com' } }]);
    await all.close();
  });

  it('have room again when their windows are over', async () => {
    const all = new Refusals({ storage: app.deps.storage, onFailure, windowMs: 20 });
    for (let sent = 0; sent < 20; sent += 1) await all.add(`first ${sent}`, known('again'), refusal('again'));
    await expect
      .poll(async () => {
        await all.add(`poll ${Math.random()}`, known('again'), refusal('room_again'));
        return (await eventsOn('room_again')).length;
      })
      .toBeGreaterThan(0);
    await all.close();
  });

  it('at several scopes are told of the account', async () => {
    const all = refusals();
    for (const orgIdentifier of ['a', 'b', 'c'])
      await all.add('k', from('192.0.2.1'), refusal('scopes', { orgIdentifier }));
    await all.close();
    expect(await eventsOn('scopes')).toMatchObject([{ place: { orgIdentifier: 'a' } }]);
    expect((await eventsOn('')).at(-1)).toMatchObject({ place: {}, details: { count: 2 } });
  });

  it('on several entities of one kind are told of none by name', async () => {
    const all = refusals();
    const on = (identifier: string) => ({ ...refusal(identifier), resource: { type: 'SECRET', identifier } as const });
    for (const identifier of ['one', 'two', 'two']) await all.add('several', from('192.0.2.1'), on(identifier));
    await all.close();
    const rows = await app.database.db
      .selectFrom('audit_events')
      .select(['resource_identifier', 'event'])
      .where('resource_type', '=', 'SECRET')
      .orderBy('seq')
      .execute();
    expect(rows.map((row) => [row.resource_identifier, JSON.parse(row.event).details.count])).toEqual([
      ['one', undefined],
      ['', 2],
    ]);
  });

  it('are kept while the database is away', async () => {
    const failures: unknown[] = [];
    let away = false;
    const all = new Refusals({
      storage: {
        record: (actor, entry) => (away ? Promise.reject(new Error('away')) : app.deps.storage.record(actor, entry)),
      },
      onFailure: (error) => failures.push(error),
      windowMs: 20,
    });
    for (let sent = 0; sent < 3; sent += 1) {
      await all.add('k', from('192.0.2.1'), refusal('away'));
      away = true;
    }
    await expect.poll(() => failures.length).toBeGreaterThan(0);
    away = false;
    await all.close();
    expect(await eventsOn('away')).toMatchObject([{}, { details: { count: 2 } }]);
  });
});
