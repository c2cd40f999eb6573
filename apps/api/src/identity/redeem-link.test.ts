import type { InvitedUser, SecondFactorEnrolment, UserLink } from '@wardline/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { givenInvitedUser } from '../test-support/users.ts';
import { codeOf } from './second-factor/testing/authenticator-app.ts';
import { ADA, auditLog, Browser, givenAda, tokenOf } from './testing/browser.ts';

const GRACE = { email: 'grace@example.com', password: 'nanoseconds of wire' };

let app: TestApp;
afterEach(() => app.close());

const redeem = (browser: Browser, token: string, more: object = {}) =>
  browser.send('POST', '/api/auth/links/redeem', { token, password: GRACE.password, ...more });
const invite = (): Promise<InvitedUser> => givenInvitedUser(app, GRACE.email, '_account_viewer');

describeEachEngine((engine) => {
  describe('an invitation', () => {
    it('sets the name and the password of the user, and signs in with their rights', async () => {
      app = await startTestApp(engine);
      const { link } = await invite();
      const browser = new Browser(app);
      const token = tokenOf(link);
      expect((await browser.send('POST', '/api/auth/links/check', { token })).body).toMatchObject({
        purpose: 'invitation',
        email: GRACE.email,
      });
      expect((await redeem(browser, token, { name: 'Grace Hopper' })).body).toEqual({ next: 'signed-in' });
      expect((await browser.send('GET', '/api/whoami')).body).toMatchObject({ principal: { name: 'Grace Hopper' } });
      expect((await browser.send('GET', '/api/users')).status).toBe(200);
      expect((await redeem(new Browser(app), token)).status).toBe(401);
      expect((await auditLog(app)).find(({ details }) => details?.by === 'invitation')).toMatchObject({
        action: 'UPDATE',
        principal: { type: 'USER', identifier: GRACE.email },
        after: { name: 'Grace Hopper' },
      });
    });

    it('does not take another address than the invited one', async () => {
      app = await startTestApp(engine);
      const { link } = await invite();
      await redeem(new Browser(app), tokenOf(link), { email: 'eve@example.com' });
      expect(await app.database.db.selectFrom('users').select('email').execute()).toEqual([{ email: GRACE.email }]);
    });

    it.each([
      ['locked', (id: string) => app.call('PUT', `/api/users/${id}`, { name: 'Grace', disabled: true })],
      ['deleted', (id: string) => app.call('DELETE', `/api/users/${id}`)],
    ])('is void once the user is %s', async (_what, end) => {
      app = await startTestApp(engine);
      const { user, link } = await invite();
      expect((await end(user.id)).status).toBe(200);
      expect((await redeem(new Browser(app), tokenOf(link))).body).toMatchObject({ code: 'INVALID_TOKEN' });
    });
  });

  describe('a link to set a new password', () => {
    const reset = async (email: string) => {
      const { id } = await app.database.db
        .selectFrom('users')
        .select('id')
        .where('email', '=', email)
        .executeTakeFirstOrThrow();
      const { body } = await app.call<UserLink>('POST', `/api/users/${id}/password-reset`);
      return tokenOf(body.link);
    };

    it('replaces the password and ends all sessions', async () => {
      app = await startTestApp(engine);
      const before = await givenAda(app);
      const browser = new Browser(app);
      expect((await redeem(browser, await reset(ADA.email))).status).toBe(200);
      expect((await browser.send('GET', '/api/whoami')).status).toBe(200);
      expect((await before.send('GET', '/api/whoami')).status).toBe(401);
      expect((await new Browser(app).signIn(ADA)).status).toBe(401);
      expect((await new Browser(app).signIn({ ...ADA, password: GRACE.password })).status).toBe(200);
      const log = await auditLog(app);
      expect(log.find(({ details }) => details?.by === 'password-reset')).toMatchObject({
        resource: { type: 'USER', identifier: ADA.email },
        details: { changed: 'password', endedSessions: 1 },
      });
      expect(JSON.stringify(log)).not.toContain(GRACE.password);
    });

    it('lets nobody past the second factor', async () => {
      app = await startTestApp(engine);
      const before = await givenAda(app);
      const enrolment = '/api/auth/second-factor/enrolment';
      const { body } = await before.send<SecondFactorEnrolment>('POST', enrolment, { password: ADA.password });
      const confirmed = await before.send('POST', `${enrolment}/confirm`, { code: codeOf(body.secret) });
      expect(confirmed.status).toBe(200);
      const browser = new Browser(app);
      expect((await redeem(browser, await reset(ADA.email))).body).toEqual({ next: 'second-factor' });
      expect((await browser.send('GET', '/api/whoami')).status).toBe(401);
      const code = codeOf(body.secret, 1);
      expect((await browser.send('POST', '/api/auth/second-factor', { code })).body).toEqual({ next: 'signed-in' });
      expect((await browser.send('GET', '/api/whoami')).status).toBe(200);
    });

    it('changes nothing where its event cannot be stored, and can be used again', async () => {
      app = await startTestApp(engine);
      await givenAda(app);
      const token = await reset(ADA.email);
      const { schema } = app.database.db;
      await schema.alterTable('audit_events').renameTo('audit_events_away').execute();
      expect((await redeem(new Browser(app), token)).status).toBe(500);
      await schema.alterTable('audit_events_away').renameTo('audit_events').execute();
      expect((await new Browser(app).signIn(ADA)).status).toBe(200);
      expect((await redeem(new Browser(app), token)).status).toBe(200);
    });
  });
});
