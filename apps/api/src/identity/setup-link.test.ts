import type { WhoAmI } from '@wardline/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { hashSecret } from '../access/token-text.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { makeSetupLink } from './setup-link.ts';
import { ADA, auditLog, Browser, givenAda, tokenOf } from './testing/browser.ts';

const HOUR_MS = 3_600_000;

let app: TestApp;
afterEach(() => app.close());

describeEachEngine((engine) => {
  describe('the setup link', () => {
    it('makes the first administrator, who is then signed in', async () => {
      app = await startTestApp(engine);
      const setup = await makeSetupLink(app.deps);
      expect(setup?.link).toMatch(/^http:\/\/127\.0\.0\.1:8080\/setup#token=[\w-]{43}$/);
      const browser = new Browser(app);
      expect((await browser.send('GET', '/api/auth/options')).body).toMatchObject({ setupRequired: true });
      const token = tokenOf(setup?.link);
      expect((await browser.send('POST', '/api/auth/links/check', { token })).body).toEqual({
        purpose: 'setup',
        email: null,
        expiresAt: setup?.expiresAt,
      });

      expect(await browser.send('POST', '/api/auth/links/redeem', { token, ...ADA })).toMatchObject({
        status: 200,
        body: { next: 'signed-in' },
      });
      const { body } = await browser.send<WhoAmI>('GET', '/api/whoami');
      expect(body).toMatchObject({
        principal: { type: 'USER', identifier: ADA.email, name: ADA.name },
        authentication: 'session',
      });
      expect(body.grants[0]?.permissions).toContain('core_user_manage');
      expect((await browser.send('GET', '/api/auth/options')).body).toMatchObject({ setupRequired: false });
    });

    it('is valid once', async () => {
      app = await startTestApp(engine);
      const token = tokenOf((await makeSetupLink(app.deps))?.link);
      const redeem = (email: string) =>
        new Browser(app).send('POST', '/api/auth/links/redeem', { token, ...ADA, email });
      const answers = await Promise.all([redeem('ada@example.com'), redeem('eve@example.com')]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
      expect((await redeem('eve@example.com')).body).toMatchObject({ code: 'INVALID_TOKEN' });
      expect((await app.database.db.selectFrom('users').select('id').execute()).length).toBe(1);
    });

    it('is valid for an hour', async () => {
      let time = Date.now();
      app = await startTestApp(engine, { now: () => new Date(time) });
      const token = tokenOf((await makeSetupLink(app.deps))?.link);
      const check = () => new Browser(app).send('POST', '/api/auth/links/check', { token });
      time += HOUR_MS - 1;
      expect((await check()).status).toBe(200);
      time += 1;
      expect((await check()).status).toBe(401);
      const { status } = await new Browser(app).send('POST', '/api/auth/links/redeem', { token, ...ADA });
      expect(status).toBe(401);
    });

    it('is on record as what made the first administrator, since nobody was signed in', async () => {
      app = await startTestApp(engine);
      const token = tokenOf((await makeSetupLink(app.deps))?.link);
      await new Browser(app).send('POST', '/api/auth/links/redeem', { token, ...ADA });
      const events = await auditLog(app);
      expect(events.filter(({ details }) => details?.by === 'setup link').map(({ action }) => action)).toEqual([
        'CREATE',
        'ROLE_ASSIGNMENT_CREATED',
      ]);
    });

    it('that opens nothing is on record with where it was tried, and without its token', async () => {
      app = await startTestApp(engine);
      const token = tokenOf((await makeSetupLink(app.deps))?.link);
      const eve = new Browser(app, { address: '192.0.2.66' });
      expect((await eve.send('POST', '/api/auth/links/check', { token: `x${token}` })).status).toBe(401);
      expect((await eve.send('POST', '/api/auth/links/redeem', { token: `y${token}`, ...ADA })).status).toBe(401);
      await app.app.close();
      const events = await auditLog(app);
      const failed = { action: 'UNSUCCESSFUL_LOGIN', outcome: 'FAILURE', address: '192.0.2.66' };
      expect(events.slice(-2)).toMatchObject([
        { ...failed, request: { path: '/api/auth/links/check' }, details: { reason: 'invalid link', count: 1 } },
        { ...failed, details: { reason: 'invalid link', count: 1 } },
      ]);
      expect(JSON.stringify(events)).not.toContain(token);
    });

    it('is void after a restart, which makes another one', async () => {
      app = await startTestApp(engine);
      const first = tokenOf((await makeSetupLink(app.deps))?.link);
      const second = tokenOf((await makeSetupLink(app.deps))?.link);
      const statusOf = async (token: string) =>
        (await new Browser(app).send('POST', '/api/auth/links/check', { token })).status;
      expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200]);
    });

    it('makes one administrator where several processes made links and all are used at once', async () => {
      app = await startTestApp(engine);
      const links = await Promise.all([makeSetupLink(app.deps), makeSetupLink(app.deps), makeSetupLink(app.deps)]);
      const answers = await Promise.all(
        links.map((setup, index) =>
          new Browser(app).send('POST', '/api/auth/links/redeem', {
            ...ADA,
            token: tokenOf(setup?.link),
            email: `ada${index}@example.com`,
          }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await app.database.db.selectFrom('users').select('id').execute()).length).toBe(1);
    });

    it('is not made once there is a user', async () => {
      app = await startTestApp(engine);
      await givenAda(app);
      expect(await makeSetupLink(app.deps)).toBeUndefined();
    });

    it('is stored as a hash only, and its token is on no record', async () => {
      app = await startTestApp(engine);
      const token = tokenOf((await makeSetupLink(app.deps))?.link);
      const row = await app.database.db.selectFrom('one_time_links').selectAll().executeTakeFirstOrThrow();
      expect(row.token_hash).toBe(hashSecret(token));
      await new Browser(app).send('POST', '/api/auth/links/redeem', { token, ...ADA });
      const log = await auditLog(app);
      expect(log.map(({ action }) => action)).toEqual(
        expect.arrayContaining(['INVITE', 'CREATE', 'ROLE_ASSIGNMENT_CREATED', 'LOGIN']),
      );
      const text = JSON.stringify([log, row]);
      for (const secret of [token, ADA.password]) expect(text).not.toContain(secret);
    });

    it.each([
      ['no address', { email: undefined }, 'email'],
      ['no name', { name: undefined }, 'name'],
      ['what is no address', { email: 'nowhere' }, 'email'],
      ['a short password', { password: 'too short' }, 'password'],
      ['a common password', { password: 'password1234' }, 'password'],
      ['the address as password', { password: 'ada@example.com' }, 'password'],
    ])('refuses %s by its field, and can still be used', async (_what, wrong, fieldId) => {
      app = await startTestApp(engine);
      const token = tokenOf((await makeSetupLink(app.deps))?.link);
      const browser = new Browser(app);
      const given = { token, ...ADA, ...wrong };
      expect(await browser.send('POST', '/api/auth/links/redeem', given)).toMatchObject({
        status: 400,
        body: { errors: [{ fieldId }] },
      });
      expect((await browser.send('POST', '/api/auth/links/redeem', { token, ...ADA })).status).toBe(200);
    });
  });
});
