import type { RecoveryCodes, SecondFactorEnrolment, SignInResult } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser, givenSignedIn, PASSWORD } from '../../test-support/browser.ts';
import type { Failure } from '../../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../../test-support/test-app.ts';
import { codeOf, fromBase32 } from './testing/authenticator-app.ts';

const ROOT = '/api/auth/second-factor';

describeEachEngine((engine) => {
  let app: TestApp;
  let people = 0;
  beforeAll(async () => {
    app = await startTestApp(engine, { env: { WARDLINE_RATE_LIMITS: 'off' } });
  });
  afterAll(() => app.close());

  const begin = (browser: Browser) =>
    browser.call<SecondFactorEnrolment & Failure>('POST', `${ROOT}/enrolment`, { password: PASSWORD });
  const whoAmI = async (browser: Browser) => (await browser.call('GET', '/api/whoami')).status;
  const prove = (browser: Browser, body: object) => browser.call<SignInResult & Failure>('POST', ROOT, body);

  /** Someone whose second factor counts. Its code of now is used, so those after it sign in. */
  async function givenSecondFactor() {
    people += 1;
    const email = `person${people}@example.com`;
    const browser = await givenSignedIn(app, email);
    const { secret, recoveryCodes } = (await begin(browser)).body;
    const code = codeOf(secret);
    const confirmed = await browser.call('POST', `${ROOT}/enrolment/confirm`, { code });
    if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body));
    return { email, browser, secret, recoveryCodes, confirmedWith: code };
  }

  /** A browser after the first step. */
  async function afterPassword(email: string): Promise<Browser> {
    const browser = new Browser(app);
    const answer = await browser.call('POST', '/api/auth/sign-in', { email, password: PASSWORD });
    expect(answer).toEqual({ status: 200, body: { next: 'second-factor' } });
    return browser;
  }

  const eventsOf = async (email: string) => {
    const rows = await app.database.db
      .selectFrom('audit_events')
      .select(['action', 'outcome', 'event'])
      .where('resource_identifier', '=', email)
      .orderBy('seq')
      .execute();
    return rows.map(({ action, outcome, event }) => ({
      action,
      outcome,
      ...(JSON.parse(event) as { details?: object }),
    }));
  };
  const lastSignInAt = async (email: string) => {
    const query = app.database.db.selectFrom('users').select('last_sign_in_at').where('email', '=', email);
    return (await query.executeTakeFirstOrThrow()).last_sign_in_at;
  };

  it('counts for nothing until a code confirms it', async () => {
    const browser = await givenSignedIn(app, 'unconfirmed@example.com');
    const { otpauthUri, secret, recoveryCodes } = (await begin(browser)).body;
    expect(otpauthUri).toMatch(/^otpauth:\/\/totp\/Wardline:unconfirmed%40example\.com\?/);
    expect(otpauthUri).toContain(secret);
    expect(new Set(recoveryCodes).size).toBe(10);
    const other = new Browser(app);
    const answer = await other.call('POST', '/api/auth/sign-in', {
      email: 'unconfirmed@example.com',
      password: PASSWORD,
    });
    expect(answer.body).toEqual({ next: 'signed-in' });
    const wrong = await browser.call<Failure>('POST', `${ROOT}/enrolment/confirm`, { code: codeOf(secret, 40) });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ fieldId: 'code' }] } });
    expect((await browser.call('GET', '/api/auth/profile')).body).toMatchObject({ secondFactor: false });
  });

  it('begins only with the password, and in a session', async () => {
    const browser = await givenSignedIn(app, 'proof@example.com');
    const wrong = await browser.call('POST', `${ROOT}/enrolment`, { password: 'not my password' });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ fieldId: 'password' }] } });
    expect(await app.call('POST', `${ROOT}/enrolment`, { password: PASSWORD })).toMatchObject({
      status: 400,
      body: { message: 'This needs a session, and the request has an API key.' },
    });
  });

  it('lets nobody in between the password and the code', async () => {
    const { email, browser, secret } = await givenSecondFactor();
    expect(await whoAmI(browser)).toBe(200);
    const other = await afterPassword(email);
    expect(await whoAmI(other)).toBe(401);
    expect([...other.cookies.keys()]).toEqual(['wardline.two_factor']);
    expect(await prove(other, { code: codeOf(secret, 1) })).toEqual({ status: 200, body: { next: 'signed-in' } });
    expect(await whoAmI(other)).toBe(200);
    expect((await eventsOf(email)).at(-1)).toMatchObject({
      action: 'LOGIN2FA',
      details: { method: 'authenticator app' },
      principal: { identifier: email },
    });
  });

  it('has on record that someone knew the password, also where they come no further', async () => {
    const { email } = await givenSecondFactor();
    const signedInAt = await lastSignInAt(email);
    await afterPassword(email);
    expect((await eventsOf(email)).at(-1)).toMatchObject({
      action: 'LOGIN',
      details: { method: 'password', waitsFor: 'second factor' },
      // It need not be who the account is of.
      principal: { type: 'ANONYMOUS' },
      address: '127.0.0.1',
    });
    expect(await lastSignInAt(email)).toBe(signedInAt);
  });

  it('does not let in whoever showed a password that was changed since', async () => {
    const { email, browser, secret } = await givenSecondFactor();
    const late = await afterPassword(email);
    const change = { currentPassword: PASSWORD, newPassword: 'a loom weaves leaves' };
    expect((await browser.call('POST', '/api/auth/password', change)).status).toBe(200);
    expect(await prove(late, { code: codeOf(secret, 1) })).toMatchObject({
      status: 401,
      body: { code: 'INVALID_TOKEN' },
    });
  });

  it('takes a code once, also from several at a time', async () => {
    const { email, secret } = await givenSecondFactor();
    const code = codeOf(secret, 1);
    const browsers = [await afterPassword(email), await afterPassword(email), await afterPassword(email)];
    const statuses = (await Promise.all(browsers.map((one) => prove(one, { code })))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 401, 401]);
    const late = await prove(await afterPassword(email), { code });
    expect(late).toMatchObject({ status: 401, body: { code: 'INVALID_CREDENTIAL' } });
    const events = await eventsOf(email);
    expect(events.filter(({ action }) => action === 'LOGIN2FA')).toHaveLength(1);
    expect(events).toContainEqual(
      expect.objectContaining({ action: 'UNSUCCESSFUL_LOGIN', details: { reason: 'wrong code', count: 1 } }),
    );
  });

  it('does not take the code that set it up', async () => {
    const { email, confirmedWith: code } = await givenSecondFactor();
    expect(await prove(await afterPassword(email), { code })).toMatchObject({ status: 401 });
  });

  it('takes each recovery code once', async () => {
    const { email, recoveryCodes } = await givenSecondFactor();
    const [recoveryCode, second] = recoveryCodes;
    const browser = await afterPassword(email);
    expect((await prove(browser, { recoveryCode })).status).toBe(200);
    expect((await eventsOf(email)).at(-1)).toMatchObject({ action: 'LOGIN2FA', details: { method: 'recovery code' } });
    expect((await prove(await afterPassword(email), { recoveryCode })).status).toBe(401);
    const browsers = [await afterPassword(email), await afterPassword(email)];
    const answers = await Promise.all(browsers.map((one) => prove(one, { recoveryCode: second })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('makes new recovery codes, after which the old ones are void', async () => {
    const { email, browser, recoveryCodes } = await givenSecondFactor();
    const body = { password: PASSWORD };
    const renewed = await browser.call<RecoveryCodes>('POST', `${ROOT}/recovery-codes`, body);
    expect(renewed.status).toBe(200);
    expect((await eventsOf(email)).at(-1)).toMatchObject({ action: 'UPDATE', details: { changed: 'recovery codes' } });
    const next = await afterPassword(email);
    expect((await prove(next, { recoveryCode: recoveryCodes[0] })).status).toBe(401);
    expect((await prove(next, { recoveryCode: renewed.body.recoveryCodes[0] })).status).toBe(200);
  });

  it('ends a sign-in after five wrong codes', async () => {
    const { email, secret } = await givenSecondFactor();
    const browser = await afterPassword(email);
    for (let wrong = 0; wrong < 5; wrong += 1) {
      expect(await prove(browser, { code: codeOf(secret, 50 + wrong) })).toMatchObject({
        status: 401,
        body: { code: 'INVALID_CREDENTIAL' },
      });
    }
    expect(await prove(browser, { code: codeOf(secret, 1) })).toMatchObject({
      status: 401,
      body: { code: 'INVALID_TOKEN' },
    });
    expect(await prove(browser, { code: codeOf(secret, 1) })).toMatchObject({ status: 401 });
    expect(await whoAmI(browser)).toBe(401);
  });

  it('takes no codes of an account from an address after ten wrong ones', async () => {
    const { email, secret } = await givenSecondFactor();
    for (let round = 0; round < 2; round += 1) {
      const browser = await afterPassword(email);
      for (let wrong = 0; wrong < 5; wrong += 1) await prove(browser, { code: codeOf(secret, 50 + wrong + 5 * round) });
    }
    const browser = new Browser(app);
    const answer = await browser.call('POST', '/api/auth/sign-in', { email, password: PASSWORD });
    expect(answer).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
  });

  it('needs the cookie of the first step, of this server', async () => {
    const { email, secret, browser: signedIn } = await givenSecondFactor();
    const code = codeOf(secret, 1);
    expect(await prove(new Browser(app), { code })).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
    const [refused] = (await eventsOf('')).slice(-1);
    expect(refused).toMatchObject({
      action: 'UNSUCCESSFUL_LOGIN',
      details: { reason: 'no sign-in that waits for a code' },
    });
    expect(await prove(signedIn, { code })).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
    const forger = await afterPassword(email);
    const [challenge] = decodeURIComponent(forger.cookies.get('wardline.two_factor') ?? '').split('.');
    forger.cookies.set('wardline.two_factor', `${challenge}.${Buffer.alloc(32).toString('base64')}`);
    expect(await prove(forger, { code })).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
    const elsewhere = await afterPassword(email);
    const foreign = {
      method: 'POST',
      url: ROOT,
      payload: { code },
      headers: { origin: 'https://evil.example' },
    } as const;
    expect((await elsewhere.open(foreign)).statusCode).toBe(403);
  });

  it('goes by the sign-in and not by a session beside it', async () => {
    const { email, secret } = await givenSecondFactor();
    const other = await givenSecondFactor();
    const browser = await afterPassword(email);
    for (const [name, value] of other.browser.cookies) browser.cookies.set(name, value);
    expect((await prove(browser, { code: codeOf(secret, 1) })).status).toBe(200);
    expect((await browser.call('GET', '/api/auth/profile')).body).toMatchObject({ email });
  });

  it('lets a user in who is locked with neither step', async () => {
    const { email, secret } = await givenSecondFactor();
    const browser = await afterPassword(email);
    const user = await app.deps.storage.users.findByEmail(email);
    await app.call('PUT', `/api/users/${user?.id}`, { name: 'locked', disabled: true });
    expect((await prove(browser, { code: codeOf(secret, 1) })).status).toBe(401);
    expect(await whoAmI(browser)).toBe(401);
  });

  it('is turned off with the password', async () => {
    const { email, browser } = await givenSecondFactor();
    expect(await browser.call('POST', `${ROOT}/disable`, { password: 'x' })).toMatchObject({ status: 400 });
    expect((await begin(browser)).body.message).toBe('You have a second factor. Turn it off first to set up another.');
    expect((await browser.call('POST', `${ROOT}/disable`, { password: PASSWORD })).status).toBe(200);
    expect((await browser.call('GET', '/api/auth/profile')).body).toMatchObject({ secondFactor: false });
    const answer = await new Browser(app).call('POST', '/api/auth/sign-in', { email, password: PASSWORD });
    expect(answer.body).toEqual({ next: 'signed-in' });
    expect(await browser.call('POST', `${ROOT}/recovery-codes`, { password: PASSWORD })).toMatchObject({ status: 400 });
  });

  it('is stored encrypted', async () => {
    const { secret, recoveryCodes } = await givenSecondFactor();
    const rows = JSON.stringify(await app.database.db.selectFrom('two_factors').selectAll().execute());
    const events = JSON.stringify(await app.database.db.selectFrom('audit_events').select('event').execute());
    for (const text of [rows, events]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(fromBase32(secret).toString('utf8'));
      for (const code of recoveryCodes) expect(text).not.toContain(code);
    }
  });
});

it('keeps its cookie to TLS where the server is behind it', async () => {
  const app = await startTestApp('sqlite', { env: { WARDLINE_PUBLIC_URL: 'https://wardline.example' } });
  try {
    const browser = await givenSignedIn(app, 'secure@example.com');
    const { secret } = (await browser.call<SecondFactorEnrolment>('POST', `${ROOT}/enrolment`, { password: PASSWORD }))
      .body;
    await browser.call('POST', `${ROOT}/enrolment/confirm`, { code: codeOf(secret) });
    const other = new Browser(app);
    await other.call('POST', '/api/auth/sign-in', { email: 'secure@example.com', password: PASSWORD });
    expect([...other.cookies.keys()]).toEqual(['__Secure-wardline.two_factor']);
    expect((await other.call('POST', ROOT, { code: codeOf(secret, 1) })).status).toBe(200);
    expect([...other.cookies.keys()]).toEqual(['__Secure-wardline.session_token']);
  } finally {
    await app.close();
  }
});
