import { describe, expect, it } from 'vitest';
import { startTestApp } from '../test-support/test-app.ts';
import { Attempts } from './attempts.ts';

describe('an address with wrong credentials', () => {
  it('is blocked for a moment after thirty within a minute, and others are not', () => {
    let time = 0;
    const attempts = new Attempts(() => time);
    for (let n = 0; n < 30; n += 1) {
      expect(attempts.blockedFor('203.0.113.9', `wrong ${n}`)).toBe(0);
      attempts.failed('203.0.113.9', `wrong ${n}`);
    }
    expect(attempts.blockedFor('203.0.113.9', 'wrong again')).toBe(2);
    expect(attempts.blockedFor('203.0.113.10', 'wrong')).toBe(0);
    time += 2_000;
    expect(attempts.blockedFor('203.0.113.9', 'wrong again')).toBe(0);
  });

  it('does not take a credential that was good down with it, for an hour', () => {
    let time = 0;
    const attempts = new Attempts(() => time);
    attempts.succeeded('good');
    for (let n = 0; n < 40; n += 1) attempts.failed('203.0.113.9', `wrong ${n}`);
    expect(attempts.blockedFor('203.0.113.9', 'good')).toBe(0);
    time += 60 * 60_000;
    for (let n = 0; n < 40; n += 1) attempts.failed('203.0.113.9', `wrong ${n}`);
    expect(attempts.blockedFor('203.0.113.9', 'good')).toBe(2);
  });
});

it('garbage keys cost a query and an event of the audit log only at first, and let the administrator through', async () => {
  const testApp = await startTestApp('sqlite');
  const call = (key?: string) =>
    testApp.call<{ code?: string }>('GET', '/api/whoami', undefined, key ? { 'x-api-key': key } : undefined);
  expect((await call()).status).toBe(200);
  const statuses: Record<number, number> = {};
  for (let n = 0; n < 500; n += 1) {
    const { status } = await call(`sat.default.garbage${n}.abcdefghijklmnopqrstuvwxyz`);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  expect(statuses[401]).toBeGreaterThanOrEqual(30);
  expect(statuses[401]).toBeLessThan(60);
  expect(statuses[429]).toBe(500 - (statuses[401] ?? 0));
  const { db } = testApp.database;
  const { events } = await db
    .selectFrom('audit_events')
    .select((eb) => eb.fn.countAll<number>().as('events'))
    .where('action', '=', 'AUTHENTICATION_FAILED')
    .executeTakeFirstOrThrow();
  // The first that was looked at, and the first that was not; the others are counted.
  expect(events).toBe(2);
  expect((await call()).status).toBe(200);
  await testApp.close();
});
