import type { WhoAmI } from '@wardline/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { createLogger } from '../logger.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { ADA, auditLog, Browser, givenAda } from './testing/browser.ts';

const WRONG = { ...ADA, password: 'notes on a machine' };

let app: TestApp;
afterEach(() => app.close());

const sessions = () => app.database.db.selectFrom('sessions').selectAll().execute();

describeEachEngine((engine) => {
  describe('a sign-in', () => {
    it.each([
      ['http://127.0.0.1:8080', /^wardline\.session_token=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/],
      [
        'https://secrets.example.com',
        /^__Secure-wardline\.session_token=[^;]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ],
    ])('sets a cookie that pages cannot read, and that stays on TLS where there is TLS: %s', async (url, cookie) => {
      app = await startTestApp(engine, { env: { WARDLINE_PUBLIC_URL: url } });
      await givenAda(app);
      const browser = new Browser(app);
      const { status, headers } = await browser.signIn(ADA);
      expect([status, headers['set-cookie']]).toEqual([200, [expect.stringMatching(cookie)]]);
      const { body } = await browser.send<WhoAmI>('GET', '/api/whoami');
      expect(body.principal.identifier).toBe(ADA.email);
    });

    it('takes the address however it is written', async () => {
      app = await startTestApp(engine);
      await givenAda(app);
      expect((await new Browser(app).signIn({ ...ADA, email: ' Ada@Example.COM ' })).status).toBe(200);
    });

    it('starts a session of its own, whatever cookie the browser had', async () => {
      app = await startTestApp(engine);
      await givenAda(app);
      const browser = new Browser(app);
      browser.cookie = 'wardline.session_token=chosen.by-an-attacker';
      await browser.signIn(ADA);
      const first = browser.cookie;
      await browser.signIn(ADA);
      expect(first).not.toContain('chosen');
      expect(browser.cookie).not.toBe(first);
    });

    it('is refused in the same words whether the password, the address or the user is wrong', async () => {
      app = await startTestApp(engine);
      await givenAda(app);
      const locked = { ...ADA, email: 'locked@example.com' };
      await app.database.db.updateTable('users').set({ disabled: 1, email: locked.email }).execute();
      const answers = await Promise.all(
        [locked, { ...locked, password: WRONG.password }, ADA].map((given) => new Browser(app).signIn(given)),
      );
      const seen = answers.map(({ status, body, headers }) => {
        const { 'x-request-id': _, date: __, ...others } = headers;
        return [status, { ...(body as object), correlationId: '' }, others];
      });
      expect(seen[0]?.[0]).toBe(401);
      expect(seen[0]?.[1]).toMatchObject({ code: 'INVALID_CREDENTIAL' });
      expect(seen).toEqual([seen[0], seen[0], seen[0]]);
      // The one session is the one of the setup.
      expect(await sessions()).toHaveLength(1);
    });

    it('takes as long for a user who does not exist as for one who does', async () => {
      app = await startTestApp(engine);
      await givenAda(app);
      const time = async (email: string) => {
        const start = performance.now();
        await new Browser(app).signIn({ email, password: WRONG.password });
        return performance.now() - start;
      };
      const known: number[] = [];
      const unknown: number[] = [];
      for (let round = 0; round < 8; round += 1) {
        unknown.push(await time('nobody@example.com'));
        known.push(await time(ADA.email));
      }
      const ratio = Math.min(...known) / Math.min(...unknown);
      // Without a hash one of them would take a twentieth; what is left is the noise of a busy machine.
      expect(ratio).toBeGreaterThan(0.4);
      expect(ratio).toBeLessThan(2.5);
    });

    it('is refused to a page of another origin, which would sign its visitor in as somebody else', async () => {
      app = await startTestApp(engine);
      await givenAda(app);
      const { status, body } = await new Browser(app, { origin: 'https://evil.example.com' }).signIn(ADA);
      expect([status, body]).toEqual([403, expect.objectContaining({ code: 'NG_ACCESS_DENIED' })]);
      expect(await sessions()).toHaveLength(1);
    });

    it('is on record with who it was and from where, and nothing secret is', async () => {
      app = await startTestApp(engine);
      await givenAda(app);
      const browser = new Browser(app, { address: '203.0.113.9' });
      await browser.signIn(ADA);
      await browser.signIn(WRONG);
      await browser.signIn({ email: 'my-password-by-mistake@example.com', password: WRONG.password });
      const log = await auditLog(app);
      expect(log.slice(-3)).toMatchObject([
        {
          action: 'LOGIN',
          outcome: 'SUCCESS',
          address: '203.0.113.9',
          principal: { type: 'USER', identifier: ADA.email, name: ADA.name },
        },
        {
          action: 'UNSUCCESSFUL_LOGIN',
          outcome: 'FAILURE',
          address: '203.0.113.9',
          principal: { type: 'ANONYMOUS' },
          resource: { type: 'USER', identifier: ADA.email },
          details: { reason: 'wrong credentials', count: 1 },
        },
        { action: 'UNSUCCESSFUL_LOGIN', resource: { type: 'USER', identifier: '' } },
      ]);
      const text = JSON.stringify(log);
      const tokens = (await sessions()).map(({ token }) => token);
      for (const secret of [ADA.password, WRONG.password, 'by-mistake', ...tokens]) expect(text).not.toContain(secret);
    });

    it('leaves no address, no password and no session in the log', async () => {
      app = await startTestApp(engine);
      await givenAda(app);
      const lines: string[] = [];
      const logger = createLogger({ logLevel: 'trace' }, { write: (line) => lines.push(line) });
      const logged = await buildApp({ ...app.deps, logger });
      const browser = new Browser({ app: logged, deps: app.deps });
      for (const given of [ADA, WRONG, { ...ADA, email: 'nobody@example.com' }]) await browser.signIn(given);
      await logged.close();
      expect(lines.join()).toContain('/api/auth/sign-in');
      const tokens = (await sessions()).map(({ token }) => token);
      for (const secret of [ADA.email, 'nobody@', ADA.password, WRONG.password, ...tokens]) {
        expect(lines.join()).not.toContain(secret);
      }
    });

    it('leaves no session where its event cannot be stored', async () => {
      app = await startTestApp(engine);
      await givenAda(app);
      await app.database.db.schema.alterTable('audit_events').renameTo('audit_events_away').execute();
      const browser = new Browser(app);
      expect((await browser.signIn(ADA)).status).toBe(500);
      expect([await sessions(), browser.cookie]).toEqual([[expect.anything()], '']);
    });
  });
});
