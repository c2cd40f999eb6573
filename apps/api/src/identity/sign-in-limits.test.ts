import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { FailedSignIns } from './failed-sign-ins.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { ADA, auditLog, Browser, givenAda } from './testing/browser.ts';

const WINDOW_MS = 15 * 60_000;

let time: number;
beforeEach(() => {
  time = Date.now();
});
const now = () => new Date(time);

describe('guesses at passwords', () => {
  const tries = (limits: SignInLimits, count: number, attempt: (index: number) => [string, string]) => {
    let admitted = 0;
    for (let index = 0; index < count; index += 1) {
      try {
        limits.admit(...attempt(index));
        admitted += 1;
      } catch {
        // Refused, which is what is counted.
      }
    }
    return admitted;
  };

  it('are few for an account from an address, and a hundred from all', () => {
    const limits = new SignInLimits(now);
    expect(tries(limits, 50, () => [ADA.email, '203.0.113.9'])).toBe(10);
    expect(tries(limits, 10, () => [ADA.email, '203.0.113.10'])).toBe(10);
    expect(tries(limits, 200, (index) => [ADA.email, `198.51.100.${index}`])).toBe(80);
  });

  it('are fifty from an address, for whichever account; and one network of IPv6 is one address', () => {
    const limits = new SignInLimits(now);
    expect(tries(limits, 200, (index) => [`nobody${index}@example.com`, '203.0.113.9'])).toBe(50);
    expect(tries(limits, 200, (index) => [`no${index}@example.com`, `2001:db8:1:2::${index}`])).toBe(50);
    expect(tries(limits, 1, () => [ADA.email, '2001:db8:1:3::1'])).toBe(1);
  });

  it('are taken again when the quarter of an hour is over, and not before', () => {
    const limits = new SignInLimits(now);
    const try10 = () => tries(limits, 10, () => [ADA.email, '203.0.113.9']);
    expect(try10()).toBe(10);
    time += WINDOW_MS - 1;
    expect(try10()).toBe(0);
    time += 1;
    expect(try10()).toBe(10);
  });

  it('say when to try again', () => {
    const limits = new SignInLimits(now);
    tries(limits, 10, () => [ADA.email, '203.0.113.9']);
    time += 60_000;
    expect(() => limits.admit(ADA.email, '203.0.113.9')).toThrow(
      expect.objectContaining({
        code: 'TOO_MANY_REQUESTS',
        details: expect.objectContaining({ retryAfterSeconds: 840 }),
      }),
    );
  });

  it('do not count where they were right', () => {
    const limits = new SignInLimits(now);
    for (let round = 0; round < 200; round += 1) limits.admit(ADA.email, '203.0.113.9').takeBack();
    expect(tries(limits, 50, () => [ADA.email, '203.0.113.9'])).toBe(10);
  });

  it('from ever more addresses take neither more memory nor more time', () => {
    const limits = new SignInLimits(now);
    const before = process.memoryUsage().heapUsed;
    const begun = performance.now();
    const address = (index: number) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    expect(tries(limits, 100_000, (index) => [`nobody${index}@example.com`, address(index)])).toBe(100_000);
    expect((performance.now() - begun) / 100_000).toBeLessThan(0.1);
    expect((process.memoryUsage().heapUsed - before) / 1024 / 1024).toBeLessThan(60);
  });
});

describeEachEngine((engine) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startTestApp(engine, { now, env: { WARDLINE_RATE_LIMITS: 'off' } });
    return givenAda(app);
  };
  const failures = async () => (await auditLog(app)).filter(({ action }) => action === 'UNSUCCESSFUL_LOGIN');

  it('locks an account for one address, then lets its user in again; elsewhere the user gets in all the time', async () => {
    await start();
    const guesser = new Browser(app, { address: '203.0.113.9' });
    const guess = () => guesser.signIn({ ...ADA, password: 'a guess' });
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await guess()).status).toBe(401);
    const refused = await guess();
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '900']);
    expect((await guesser.signIn(ADA)).status).toBe(429);
    expect((await new Browser(app).signIn(ADA)).status).toBe(200);
    time += WINDOW_MS;
    expect((await guesser.signIn(ADA)).status).toBe(200);
  });

  it('answers the same for a user who does not exist', async () => {
    await start();
    const refusals = await Promise.all(
      [ADA.email, 'nobody@example.com'].map(async (email, index) => {
        const browser = new Browser(app, { address: `203.0.113.${index}` });
        const statuses: number[] = [];
        for (let attempt = 0; attempt < 12; attempt += 1) {
          statuses.push((await browser.signIn({ email, password: 'a guess' })).status);
        }
        return statuses;
      }),
    );
    expect(refusals[0]).toEqual([...Array(10).fill(401), 429, 429]);
    expect(refusals[1]).toEqual(refusals[0]);
  });

  it('looks at no more passwords than may wait, from however many addresses', async () => {
    await start();
    const guess = (n: number) =>
      new Browser(app, { address: `203.0.113.${n}` }).signIn({ email: `person${n}@example.com`, password: 'a guess' });
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => guess(n)));
    const refused = answers.filter(({ status }) => status === 429);
    // Two at most are looked at, and 32 wait; those that got in while one ended are few.
    expect(refused.length).toBeGreaterThan(50);
    expect(refused[0]?.headers['retry-after']).toBe('2');
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(100 - refused.length);
  });

  it('answers others while wrong passwords pour in, and records them in a handful of events', async () => {
    const ada = await start();
    let slowest = 0;
    let flooding = true;
    const others = (async () => {
      while (flooding) {
        const begun = performance.now();
        expect((await ada.send('GET', '/api/whoami')).status).toBe(200);
        slowest = Math.max(slowest, performance.now() - begun);
        await sleep(20);
      }
    })();
    const flood = async (connection: number) => {
      const browser = new Browser(app, { address: `203.0.113.${connection % 2}` });
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 10; attempt += 1) {
        statuses.push((await browser.signIn({ ...ADA, password: `guess ${connection} ${attempt}` })).status);
      }
      return statuses;
    };
    const statuses = (await Promise.all(Array.from({ length: 40 }, (_, connection) => flood(connection)))).flat();
    flooding = false;
    await others;
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(380);
    expect(slowest).toBeLessThan(1000);

    expect((await failures()).length).toBeLessThanOrEqual(4);
    await app.app.close();
    const events = await failures();
    expect(events.length).toBeLessThanOrEqual(8);
    expect(events.reduce((sum, { details }) => sum + details.count, 0)).toBe(400);
  });

  it('are recorded by account, however many other addresses are tried at the same time', async () => {
    await start();
    const noted = new FailedSignIns(app.deps.storage);
    const from = (address: string) => ({ ...systemActor('test'), address });
    for (let n = 0; n < 300; n += 1) {
      await noted.note(from(`198.51.100.${n % 200}`), `nobody${n}@example.com`, 'too many attempts');
    }
    for (let n = 0; n < 30; n += 1) await noted.note(from(`203.0.113.${n}`), ADA.email, 'wrong credentials');
    await noted.flush();
    const events = await failures();
    // The first hundred, one for all that are nobody's, and one for each that is somebody's.
    expect(events).toHaveLength(102);
    expect(events.filter(({ resource }) => resource.identifier === ADA.email)).toMatchObject([
      { details: { reason: 'wrong credentials', count: 30 } },
    ]);
    expect(events.reduce((sum, { details }) => sum + details.count, 0)).toBe(330);
  });
});
