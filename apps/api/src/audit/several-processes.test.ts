import { afterEach, beforeEach, expect, it } from 'vitest';
import { givenServiceAccount, givenToken, withToken } from '../api-keys/testing/api-keys.ts';
import { givenAda } from '../identity/testing/browser.ts';
import { describePostgres, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { pruneEvents } from './prune-events.ts';
import { givenEvents, verify } from './testing/calls.ts';

const START = Date.parse('2026-03-01T00:00:00.000Z');
const DAY_MS = 86_400_000;

/** Two servers with pools of their own on one database, whose clocks a test moves. */
describePostgres(() => {
  let one: TestApp;
  let other: TestApp;
  let time: number;
  beforeEach(async () => {
    time = START;
    const now = () => new Date(time);
    one = await startTestApp('postgres', { now });
    const { config, masterKey } = one.deps;
    const env = { DATABASE_URL: config.databaseUrl ?? '', WARDLINE_MASTER_KEY: masterKey.exportBase64() };
    other = await startTestApp('sqlite', { now, env });
  });
  afterEach(async () => {
    await other.close();
    await one.close();
  });

  it('several processes write one chain, without a gap and without an event twice, also while both remove old events', async () => {
    await Promise.all([givenEvents(one, 60), givenEvents(other, 60)]);
    const before = await verify(other);
    expect(before).toMatchObject({ verified: true, firstSeq: 1 });
    time += 31 * DAY_MS;
    await Promise.all([
      givenEvents(one, 40),
      givenEvents(other, 40),
      pruneEvents(one.deps, 30),
      pruneEvents(other.deps, 30),
    ]);
    const after = await verify(one);
    const old = before.verified ? before.lastSeq + 1 : 0;
    expect(after).toMatchObject({ verified: true, firstSeq: old + 1, pruned: { events: old } });
    // Those that were written meanwhile, and that the removal began, once or twice.
    expect(after.verified && after.events).toBeGreaterThanOrEqual(81);
  });

  it('a key, a session and a right that one process takes away open nothing at another two seconds later', async () => {
    await givenServiceAccount(one, 'builds');
    const text = await givenToken(one, 'builds', { identifier: 'short' });
    const browser = await givenAda(one);
    const proofs = [withToken(text), { cookie: browser.cookie }];
    const statuses = () =>
      Promise.all(proofs.map(async (proof) => (await other.call('GET', '/api/whoami', undefined, proof)).status));
    expect(await statuses()).toEqual([200, 200]);
    const owner = 'apiKeyType=SERVICE_ACCOUNT&parentIdentifier=builds&apiKeyIdentifier=key';
    expect((await one.call('DELETE', `/ng/api/token/short?${owner}`)).status).toBe(200);
    expect((await browser.send('POST', '/api/auth/sign-out')).status).toBe(200);
    time += 2000;
    expect(await statuses()).toEqual([401, 401]);
  });
});
