import { auditExportLineSchema } from '@wardline/contracts';
import { expect, it } from 'vitest';
import { type Failure, givenSecret } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { chainHash, chainKey } from './chain.ts';
import { pruneEvents } from './prune-events.ts';
import { givenEvents, list } from './testing/calls.ts';
import { leaveEarly } from './testing/leave-early.ts';

const EXPORT = '/audit/api/audits/export';

async function exported(app: TestApp, query = '') {
  const response = await app.inject({ method: 'GET', url: `${EXPORT}?${query}` });
  expect(response.statusCode).toBe(200);
  return response.body
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ line, ...auditExportLineSchema.parse(JSON.parse(line)) }));
}

describeEachEngine((engine) => {
  it('has every event once, in order, up to the export itself', async () => {
    const app = await startTestApp(engine);
    await givenEvents(app, 1100);
    const lines = await exported(app, 'outcomes=SUCCESS&pasted=hush-hush');
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_line, index) => index + 1));
    expect(lines.length).toBeGreaterThan(1100);
    expect(lines.at(-1)?.event).toMatchObject({
      action: 'EXPORT',
      principal: { identifier: 'bootstrap' },
      details: { filter: '{"outcomes":["SUCCESS"]}' },
    });
    expect(JSON.stringify(lines)).not.toContain('hush');
    await app.close();
  });

  it('can be verified with the key alone, line by line', async () => {
    const app = await startTestApp(engine);
    await givenSecret(app, 'key', { orgIdentifier: 'payments' });
    const key = chainKey(app.deps.masterKey);
    for (const { line, seq, previousHash, hash } of await exported(app)) {
      const event = line.slice(line.indexOf(',"event":') + ',"event":'.length, -1);
      expect(chainHash(key, { before: previousHash, seq, event })).toBe(hash);
    }
    await app.close();
  });

  it('passes the same filters as the list', async () => {
    const app = await startTestApp(engine);
    const place = { orgIdentifier: 'payments' };
    await givenSecret(app, 'one');
    await givenSecret(app, 'two', place);
    await givenEvents(app, 3);
    const names = async (query: string) => (await exported(app, query)).map(({ event }) => event.resource);
    expect(await names('actions=TEST&resourceTypes=CONNECTOR&resourceIdentifier=connector_2')).toEqual([
      { type: 'CONNECTOR', identifier: 'connector_2' },
    ]);
    expect(await names('orgIdentifier=payments&resourceTypes=SECRET,ROLE&actions=CREATE')).toEqual([
      { type: 'SECRET', identifier: 'two', name: 'two' },
    ]);
    expect(await names(`startTime=${Date.now() + 60_000}`)).toEqual([]);
    expect(await names('principalTypes=SYSTEM&actions=TEST')).toHaveLength(3);
    await app.close();
  });

  it('refuses an identifier without its type, and puts nothing on record', async () => {
    const app = await startTestApp(engine);
    const answer = await app.call<Failure>('GET', `${EXPORT}?resourceIdentifier=one`);
    expect([answer.status, answer.body.errors?.[0]?.fieldId]).toEqual([400, 'resourceIdentifier']);
    expect((await list(app, { actions: ['EXPORT'] })).empty).toBe(true);
    await app.close();
  });

  it('begins after what retention removed, with the hash of the checkpoint', async () => {
    let time = Date.parse('2026-03-01T00:00:00.000Z');
    const app = await startTestApp(engine, { now: () => new Date(time) });
    await givenEvents(app, 5);
    time += 40 * 86_400_000;
    await givenEvents(app, 2);
    const removed = await pruneEvents(app.deps, 30);
    const [first] = await exported(app);
    expect(first?.seq).toBe(removed + 1);
    const key = chainKey(app.deps.masterKey);
    const event = first?.line.slice(first.line.indexOf(',"event":') + 9, -1) ?? '';
    expect(chainHash(key, { before: first?.previousHash ?? '', seq: removed + 1, event })).toBe(first?.hash);
    await app.close();
  });

  it('stops reading when the client goes away, and is on record all the same', async () => {
    const app = await startTestApp(engine);
    await givenEvents(app, 1500);
    const url = await app.app.listen({ host: '127.0.0.1', port: 0 });
    expect((await leaveEarly(url + EXPORT)).status).toBe(200);
    expect((await list(app, { actions: ['EXPORT'] })).content).toHaveLength(1);
    // Closing waits for running answers: it is quick because none runs any more.
    const closing = performance.now();
    await app.close();
    expect(performance.now() - closing).toBeLessThan(5000);
  });
});
