import { afterEach, describe, expect, it } from 'vitest';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { ADA, auditLog, Browser, givenAda } from './testing/browser.ts';

const CHANGE = { currentPassword: ADA.password, newPassword: 'a loom weaves leaves' };

let app: TestApp;
afterEach(() => app.close());

const statusOf = async (browser: Browser) => (await browser.send('GET', '/api/whoami')).status;

describeEachEngine((engine) => {
  describe('changing the password', () => {
    it('ends every other session, and gives this one a new cookie', async () => {
      app = await startTestApp(engine);
      const browser = await givenAda(app);
      const phone = new Browser(app);
      await phone.signIn(ADA);
      const copied = new Browser(app);
      copied.cookie = browser.cookie;

      expect(await browser.send('POST', '/api/auth/password', CHANGE)).toMatchObject({
        status: 200,
        body: { endedSessions: 1 },
      });
      expect(await Promise.all([browser, phone, copied].map(statusOf))).toEqual([200, 401, 401]);
      expect((await new Browser(app).signIn(ADA)).status).toBe(401);
      expect((await new Browser(app).signIn({ ...ADA, password: CHANGE.newPassword })).status).toBe(200);
    });

    it('is on record in one piece with what it did, without either password', async () => {
      app = await startTestApp(engine);
      const browser = await givenAda(app);
      await browser.send('POST', '/api/auth/password', CHANGE);
      const log = await auditLog(app);
      expect(log.slice(-2)).toMatchObject([
        { action: 'DELETE', resource: { type: 'SESSION', identifier: ADA.email }, details: { sessions: 1 } },
        { action: 'UPDATE', resource: { type: 'USER', identifier: ADA.email }, details: { changed: 'password' } },
      ]);
      expect(log.at(-2).requestId).toBe(log.at(-1).requestId);
      for (const password of Object.values(CHANGE)) expect(JSON.stringify(log)).not.toContain(password);
    });

    it('changes nothing where its events cannot be stored', async () => {
      app = await startTestApp(engine);
      const browser = await givenAda(app);
      const { db } = app.database;
      const stored = () =>
        Promise.all([
          db.selectFrom('accounts').select('password').execute(),
          db.selectFrom('sessions').select('token').execute(),
        ]);
      const before = await stored();
      await db.schema.alterTable('audit_events').renameTo('audit_events_away').execute();
      expect((await browser.send('POST', '/api/auth/password', CHANGE)).status).toBe(500);
      expect(await stored()).toEqual(before);
    });

    it.each([
      ['another current password', { currentPassword: 'something else entirely' }, 'currentPassword'],
      ['the same password', { newPassword: ADA.password }, 'newPassword'],
      ['a short password', { newPassword: 'too short' }, 'newPassword'],
      ['a common password', { newPassword: 'qwerty123456' }, 'newPassword'],
      ['the name as password', { newPassword: 'lovelace2026' }, 'newPassword'],
    ])('refuses %s', async (_what, wrong, fieldId) => {
      app = await startTestApp(engine);
      const browser = await givenAda(app);
      const { status, body } = await browser.send('POST', '/api/auth/password', { ...CHANGE, ...wrong });
      expect([status, body]).toEqual([
        400,
        expect.objectContaining({ errors: [expect.objectContaining({ fieldId })] }),
      ]);
      expect(await statusOf(browser)).toBe(200);
    });

    it('takes no more guesses at the current password than a sign-in', async () => {
      app = await startTestApp(engine);
      const browser = await givenAda(app);
      const guess = () => browser.send('POST', '/api/auth/password', { ...CHANGE, currentPassword: 'a guess' });
      for (let attempt = 0; attempt < 10; attempt += 1) expect((await guess()).status).toBe(400);
      expect((await guess()).status).toBe(429);
      expect((await new Browser(app).signIn(ADA)).status).toBe(429);
      const failed = (await auditLog(app)).filter(({ action }) => action === 'UNSUCCESSFUL_LOGIN');
      // The first of each; those that follow are counted.
      expect(failed.map(({ resource, details }) => [resource.identifier, details.reason])).toEqual([
        [ADA.email, 'wrong credentials'],
        [ADA.email, 'too many attempts'],
      ]);
    });
  });
});
