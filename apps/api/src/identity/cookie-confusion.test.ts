import { afterEach, describe, expect, it } from 'vitest';
import { givenUser } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { hashPassword } from './password-hash.ts';
import { codeOf } from './second-factor/testing/authenticator-app.ts';
import { ADA, auditLog, Browser, givenAda } from './testing/browser.ts';

const EVE = { email: 'eve@example.com', password: 'a listener on the wire' };

let app: TestApp;
afterEach(() => app.close());

/** @returns her browser, signed in. */
async function givenEve(): Promise<Browser> {
  const { id } = await givenUser(app, EVE.email, { withToken: false });
  const hash = await hashPassword(EVE.password);
  await app.deps.storage.unrecorded(({ signIn }) => signIn.setPassword(id, hash, new Date().toISOString()));
  const eve = new Browser(app);
  expect((await eve.signIn(EVE)).status).toBe(200);
  return eve;
}

/** Sends a Cookie header exactly as it is written here. */
function send(path: string, cookie: string, payload: object) {
  const { origin } = new URL(app.deps.config.publicUrl);
  return app.app.inject({ method: 'POST', url: path, payload, headers: { origin, cookie } });
}

describeEachEngine((engine) => {
  describe('a Cookie header that two programs could read differently', () => {
    // Behind TLS and without it: a name of the other kind, and a space that some take for a part of the name.
    it.each([
      ['http://wardline.test', 'wardline.session_token =none'],
      ['http://wardline.test', '__Secure-wardline.session_token=none'],
      ['https://wardline.test', '__Secure-wardline.session_token =none'],
      ['https://wardline.test', 'wardline.session_token=none'],
    ])('ends nobody else’s sign-in, with a code that was used, by one’s own session (%s, %s)', async (url, decoy) => {
      app = await startTestApp(engine, { env: { WARDLINE_PUBLIC_URL: url } });
      const ada = await givenAda(app);
      const proof = { password: ADA.password };
      const enrolment = await ada.send<{ secret: string }>('POST', '/api/auth/second-factor/enrolment', proof);
      const { secret } = enrolment.body;
      await ada.send('POST', '/api/auth/second-factor/enrolment/confirm', { code: codeOf(secret, -1) });
      const eve = await givenEve();
      const code = codeOf(secret);
      const phone = new Browser(app);
      await phone.signIn(ADA);
      expect((await phone.send('POST', '/api/auth/second-factor', { code })).status).toBe(200);

      const pending = new Browser(app);
      await pending.signIn(ADA);
      const cookie = `${decoy}; ${eve.cookie}; ${pending.cookie}`;
      const answer = await send('/api/auth/second-factor/enrolment/confirm', cookie, { code });
      expect(answer.statusCode).not.toBe(200);
      expect(answer.headers['set-cookie']).toBeUndefined();
    });

    it('changes nobody’s password but that of whom the change is on record of', async () => {
      app = await startTestApp(engine, { env: { WARDLINE_PUBLIC_URL: 'https://wardline.test' } });
      const ada = await givenAda(app);
      const eve = await givenEve();
      const change = { currentPassword: EVE.password, newPassword: 'a loom weaves leaves' };
      const plain = ada.cookie.replace('__Secure-', '');
      expect((await send('/api/auth/password', `${plain}; ${eve.cookie}`, change)).statusCode).toBe(200);
      expect((await auditLog(app)).at(-1)).toMatchObject({
        principal: { identifier: EVE.email },
        resource: { identifier: EVE.email },
      });
    });

    it('is no session behind TLS under the name that a page without TLS could set', async () => {
      app = await startTestApp(engine, { env: { WARDLINE_PUBLIC_URL: 'https://wardline.test' } });
      const ada = await givenAda(app);
      const whoAmI = (cookie: string) => app.app.inject({ method: 'GET', url: '/api/whoami', headers: { cookie } });
      expect((await whoAmI(ada.cookie)).statusCode).toBe(200);
      expect((await whoAmI(ada.cookie.replace('__Secure-', ''))).statusCode).toBe(401);
    });
  });
});
