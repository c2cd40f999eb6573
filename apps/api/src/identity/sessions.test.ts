import type { Session } from '@wardline/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { givenPerson } from '../test-support/users.ts';
import { ADA, auditLog, Browser, givenAda } from './testing/browser.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let app: TestApp;
let time: number;
beforeEach(() => {
  time = Date.now();
});
afterEach(() => app.close());

const start = async (engine: 'sqlite' | 'postgres') => {
  app = await startTestApp(engine, { now: () => new Date(time) });
  return givenAda(app);
};
const statusOf = async (browser: Browser) => (await browser.send('GET', '/api/whoami')).status;
const sessionsOf = async (browser: Browser) =>
  (await browser.send<{ sessions: Session[] }>('GET', '/api/auth/sessions')).body.sessions;

describeEachEngine((engine) => {
  describe('a session', () => {
    it('ends an hour after it was used last', async () => {
      const browser = await start(engine);
      for (let use = 0; use < 3; use += 1) {
        time += HOUR_MS - MINUTE_MS;
        expect(await statusOf(browser)).toBe(200);
      }
      time += HOUR_MS;
      expect(await statusOf(browser)).toBe(401);
    });

    it('ends twelve hours after the sign-in, however much it is used', async () => {
      const browser = await start(engine);
      const end = time + 12 * HOUR_MS;
      for (; time < end; time += HOUR_MS / 2) expect(await statusOf(browser)).toBe(200);
      expect(await statusOf(browser)).toBe(401);
      expect(await sessionsOf(await signedIn())).toHaveLength(1);
    });

    it('stores its use once a minute at most, and on no record', async () => {
      const browser = await start(engine);
      const events = (await auditLog(app)).length;
      const lastSeen = async () => (await sessionsOf(browser))[0]?.lastSeenAt;
      const first = await lastSeen();
      time += MINUTE_MS - 5000;
      expect(await lastSeen()).toBe(first);
      time += 5000;
      expect(await lastSeen()).toBe(new Date(time).toISOString());
      expect(await auditLog(app)).toHaveLength(events);
    });

    it.each([
      ['another token', (cookie: string) => cookie.replace('=', '=x')],
      ['another signature', (cookie: string) => cookie.replace(/\.[^.]{5}([^.]*)$/, '.AAAAA$1')],
      ['no signature', (cookie: string) => cookie.replace(/\.[^.]*$/, '')],
      ['the token of the database alone', () => ''],
      ['what is no text', () => 'wardline.session_token=%E0%A4%A'],
    ])('is not opened by a cookie with %s', async (_what, tamper) => {
      const browser = await start(engine);
      const { token } = await app.database.db.selectFrom('sessions').select('token').executeTakeFirstOrThrow();
      browser.cookie = tamper(browser.cookie) || `wardline.session_token=${token}.`;
      expect(await statusOf(browser)).toBe(401);
    });

    it('ends with its user, and rests while the user is locked', async () => {
      const browser = await start(engine);
      const other = { email: 'grace@example.com', password: ADA.password };
      const { user } = await givenPerson(app, other.email);
      await app.database.db.updateTable('sessions').set({ user_id: user.id }).execute();
      const lock = (disabled: boolean) => app.call('PUT', `/api/users/${user.id}`, { name: 'Grace', disabled });
      expect(await statusOf(browser)).toBe(200);
      expect((await lock(true)).status).toBe(200);
      expect(await statusOf(browser)).toBe(401);
      expect((await app.call('DELETE', `/api/users/${user.id}`)).status).toBe(200);
      expect(await statusOf(browser)).toBe(401);
      expect(await app.database.db.selectFrom('sessions').select('id').execute()).toEqual([]);
    });

    it('is listed with where it is from, and ended by its user', async () => {
      const browser = await start(engine);
      const phone = new Browser(app, { address: '203.0.113.9' });
      await phone.signIn(ADA);
      const [newer, older] = await sessionsOf(browser);
      expect([newer, older]).toMatchObject([
        { current: false, address: '203.0.113.9', userAgent: 'lightMyRequest' },
        { current: true, address: '127.0.0.1', expiresAt: new Date(time + HOUR_MS).toISOString() },
      ]);
      expect(await browser.send('DELETE', `/api/auth/sessions/${newer?.id}`)).toMatchObject({ status: 200 });
      expect([await statusOf(phone), await statusOf(browser)]).toEqual([401, 200]);
      expect((await auditLog(app)).at(-1)).toMatchObject({ action: 'AUTHENTICATION_FAILED' });
      expect((await auditLog(app)).at(-2)).toMatchObject({
        action: 'DELETE',
        resource: { type: 'SESSION', identifier: ADA.email },
        details: { session: newer?.id },
      });
      expect((await browser.send('DELETE', `/api/auth/sessions/${newer?.id}`)).status).toBe(404);
    });

    it("is nobody else's to end", async () => {
      const browser = await start(engine);
      const [own] = await sessionsOf(browser);
      const { headers } = await givenPerson(app, 'grace@example.com', '_account_admin');
      time = Date.now();
      expect((await app.call('DELETE', `/api/auth/sessions/${own?.id}`, undefined, headers)).status).toBe(404);
      expect(await statusOf(browser)).toBe(200);
    });

    it('ends at sign-out, and the browser forgets it', async () => {
      const browser = await start(engine);
      const { cookie } = browser;
      expect((await browser.send('POST', '/api/auth/sign-out')).body).toEqual({ endedSessions: 1 });
      expect(browser.cookie).toBe('');
      browser.cookie = cookie;
      expect(await statusOf(browser)).toBe(401);
      expect((await auditLog(app)).at(-2)).toMatchObject({ action: 'LOGOUT', principal: { identifier: ADA.email } });
    });

    it('ends with all others at sign-out everywhere', async () => {
      const browser = await start(engine);
      const phone = await signedIn();
      expect((await browser.send('POST', '/api/auth/sign-out-everywhere')).body).toEqual({ endedSessions: 2 });
      expect([await statusOf(phone), await statusOf(browser)]).toEqual([401, 401]);
    });
  });

  it('a service account has no sign-in to look after', async () => {
    await start(engine);
    for (const path of ['sessions', 'profile']) {
      expect((await app.call('GET', `/api/auth/${path}`)).body).toMatchObject({ code: 'INVALID_REQUEST' });
    }
  });

  it('a user is called what they like, and that is on record', async () => {
    const browser = await start(engine);
    const profile = { email: ADA.email, hasPassword: true, secondFactor: false, sso: false };
    expect((await browser.send('GET', '/api/auth/profile')).body).toMatchObject({ ...profile, name: ADA.name });
    const { body } = await browser.send('PUT', '/api/auth/profile', { name: "Ada O'Byron" });
    expect(body).toMatchObject({ ...profile, name: "Ada O'Byron" });
    expect((await auditLog(app)).at(-1)).toMatchObject({
      action: 'UPDATE',
      before: { name: ADA.name },
      after: { name: "Ada O'Byron" },
    });
  });
});

async function signedIn(): Promise<Browser> {
  const browser = new Browser(app);
  await browser.signIn(ADA);
  return browser;
}
