import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser, givenSignedIn, PASSWORD } from '../../test-support/browser.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../../test-support/test-app.ts';
import { givenInvitedUser } from '../../test-support/users.ts';
import { signInAtProvider } from './testing/sign-in-at-provider.ts';
import { beginSso, comeBack, visit } from './testing/sso-visit.ts';
import { type ProviderAccount, type RunningProvider, startProvider } from './testing/start-provider.ts';

const verified = (email: string): ProviderAccount => ({
  claims: { email, email_verified: true, name: 'Ada Lovelace' },
});
const faulty = (fault: ProviderAccount['fault']): ProviderAccount => ({
  ...verified('ada@example.com'),
  ...(fault && { fault }),
});
const HOUR_S = 3600;
const now = () => Math.floor(Date.now() / 1000);

const ACCOUNTS = {
  ada: verified('Ada@Example.com'),
  renamed: verified('renamed@example.com'),
  locked: verified('locked@example.com'),
  stranger: verified('stranger@example.com'),
  twice: verified('twice@example.com'),
  both: verified('both@example.com'),
  text: { claims: { email: 'text@example.com', email_verified: 'true' } },
  unverified: { claims: { email: 'ada@example.com', email_verified: false } },
  silent: { claims: { email: 'ada@example.com' } },
  nobody: { claims: {} },
  'for another client': faulty({ claims: { aud: 'somebody-else' } }),
  'authorized for another': faulty({ claims: { aud: ['wardline', 'somebody-else'], azp: 'somebody-else' } }),
  'for several': faulty({ claims: { aud: ['wardline', 'somebody-else'] } }),
  'of another issuer': faulty({ claims: { iss: 'https://evil.example' } }),
  'of another sign-in': faulty({ claims: { nonce: 'another' } }),
  'without nonce': faulty({ claims: { nonce: null } }),
  unsigned: faulty({ signature: 'none' }),
  forged: faulty({ signature: 'strange key' }),
  expired: faulty({ claims: { iat: now() - HOUR_S, exp: now() - 600 } }),
  old: faulty({ claims: { iat: now() - HOUR_S, exp: now() + HOUR_S } }),
  'from the future': faulty({ claims: { iat: now() + HOUR_S, exp: now() + 2 * HOUR_S } }),
} as const satisfies Record<string, ProviderAccount>;

let provider: RunningProvider;
beforeAll(async () => {
  provider = await startProvider({ accounts: ACCOUNTS });
});
afterAll(() => provider.stop());

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine, { env: { ...provider.env, WARDLINE_RATE_LIMITS: 'off' } });
    await givenInvitedUser(app, 'ada@example.com', '_account_viewer');
  });
  afterAll(() => app.close());

  const profile = async (browser: Browser) => (await browser.call<object>('GET', '/api/auth/profile')).body;
  const eventsOf = async (email: string) =>
    (
      await app.database.db
        .selectFrom('audit_events')
        .select('event')
        .where('resource_identifier', '=', email)
        .orderBy('seq')
        .execute()
    ).map(({ event }) => JSON.parse(event) as { action: string; details?: object; principal: object });

  it('is offered by the name that the configuration gives it', async () => {
    expect((await app.call<object>('GET', '/api/auth/options')).body).toMatchObject({ sso: { name: 'Test Provider' } });
  });

  it('signs in an invited user by the verified address, in whatever case, and goes where they wanted to', async () => {
    const { link } = await givenInvitedUser(app, 'renamed@example.com');
    const { browser, location } = await visit(app, 'renamed');
    expect(location).toBe('/connectors');
    expect(await profile(browser)).toMatchObject({ email: 'renamed@example.com', sso: true, hasPassword: false });
    expect([...browser.cookies.keys()]).toEqual(['wardline.session_token']);
    const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token');
    expect((await new Browser(app).call('POST', '/api/auth/links/check', { token })).status).toBe(401);
    expect((await eventsOf('renamed@example.com')).slice(-2)).toMatchObject([
      { action: 'UPDATE', details: { changed: 'single sign-on' } },
      {
        action: 'LOGIN',
        details: { method: 'single sign-on' },
        principal: { type: 'USER', identifier: 'renamed@example.com' },
      },
    ]);
    expect((await visit(app, 'ada')).location).toBe('/connectors');
  });

  it('knows a user again by the provider’s name for them, whatever their address is by now', async () => {
    await visit(app, 'ada');
    const user = await app.deps.storage.users.findByEmail('ada@example.com');
    await app.database.db
      .updateTable('users')
      .set({ email: 'lovelace@example.com' })
      .where('id', '=', user?.id ?? '')
      .execute();
    const { browser } = await visit(app, 'ada');
    expect(await profile(browser)).toMatchObject({ id: user?.id, email: 'lovelace@example.com' });
    await app.database.db
      .updateTable('users')
      .set({ email: 'ada@example.com' })
      .where('id', '=', user?.id ?? '')
      .execute();
  });

  it('has a session like any other: listed, and ended from elsewhere', async () => {
    const { browser } = await visit(app, 'ada');
    const { sessions } = (await browser.call<{ sessions: { current: boolean }[] }>('GET', '/api/auth/sessions')).body;
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    const user = await app.deps.storage.users.findByEmail('ada@example.com');
    await app.call('DELETE', `/api/users/${user?.id}/sessions`);
    expect((await browser.call('GET', '/api/whoami')).status).toBe(401);
  });

  it('signs in twice at once into the same user', async () => {
    await givenInvitedUser(app, 'twice@example.com');
    const visits = await Promise.all([visit(app, 'twice'), visit(app, 'twice')]);
    expect(visits.map(({ location }) => location)).toEqual(['/connectors', '/connectors']);
  });

  it('takes a verification that is written as text', async () => {
    await givenInvitedUser(app, 'text@example.com');
    expect((await visit(app, 'text')).location).toBe('/connectors');
  });

  it.each([
    ['an address that is not verified', 'unverified', 'sso-email-unverified'],
    ['an address of which the provider says nothing', 'silent', 'sso-email-unverified'],
    ['no address at all', 'nobody', 'sso-email-missing'],
    ['someone who is not invited', 'stranger', 'sso-unknown-user'],
    ['an ID token for another client', 'for another client', 'sso-rejected'],
    ['an ID token that another client was authorized for', 'authorized for another', 'sso-rejected'],
    ['an ID token for several that says not for whom', 'for several', 'sso-rejected'],
    ['an ID token of another issuer', 'of another issuer', 'sso-rejected'],
    ['an ID token of another sign-in', 'of another sign-in', 'sso-rejected'],
    ['an ID token that belongs to no sign-in', 'without nonce', 'sso-rejected'],
    ['an ID token without a signature', 'unsigned', 'sso-rejected'],
    ['an ID token signed with another key', 'forged', 'sso-rejected'],
    ['an ID token that has expired', 'expired', 'sso-clock'],
    ['an ID token that was made long ago', 'old', 'sso-clock'],
    ['an ID token from the future', 'from the future', 'sso-clock'],
  ])('refuses %s', async (_case, login, problem) => {
    const { browser, location } = await visit(app, login);
    expect(location).toBe(`/sign-in?error=${problem}`);
    expect((await browser.call('GET', '/api/whoami')).status).toBe(401);
    expect([...browser.cookies.keys()]).toEqual([]);
  });

  it('puts a refusal on record, with whom it was about', async () => {
    const failed = (await eventsOf('ada@example.com')).filter(({ action }) => action === 'UNSUCCESSFUL_LOGIN');
    expect(failed).toContainEqual(expect.objectContaining({ details: { reason: 'sso-email-unverified', count: 1 } }));
    expect(await app.deps.storage.users.findByEmail('stranger@example.com')).toBeUndefined();
  });

  it('refuses a user who is locked, linked or not', async () => {
    const { user } = await givenInvitedUser(app, 'locked@example.com');
    const lock = (disabled: boolean) => app.call('PUT', `/api/users/${user.id}`, { name: 'locked', disabled });
    await lock(true);
    expect((await visit(app, 'locked')).location).toBe('/sign-in?error=sso-locked');
    expect(await app.deps.storage.users.find(user.id)).toMatchObject({ sso: false });
    await lock(false);
    expect((await visit(app, 'locked')).location).toBe('/connectors');
    await lock(true);
    expect((await visit(app, 'locked')).location).toBe('/sign-in?error=sso-locked');
  });

  it('refuses an answer to a sign-in that this browser did not begin', async () => {
    const { browser, location } = await beginSso(app);
    const callback = await signInAtProvider(location, 'ada');
    const expired = '/sign-in?error=sso-expired';
    expect(await comeBack(new Browser(app), callback)).toBe(expired);
    const other = (await beginSso(app)).browser;
    expect(await comeBack(other, callback)).toBe(expired);
    const changed = new URL(callback);
    changed.searchParams.set('state', 'another');
    const copy = new Browser(app);
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    expect(await comeBack(copy, changed)).toBe(expired);
    expect(await comeBack(browser, callback)).toBe('/connectors');
  });

  it('refuses a code that was used', async () => {
    const { browser, location } = await beginSso(app);
    const thief = new Browser(app);
    for (const [name, value] of browser.cookies) thief.cookies.set(name, value);
    const callback = await signInAtProvider(location, 'ada');
    expect(await comeBack(browser, callback)).toBe('/connectors');
    expect(await comeBack(browser, callback)).toBe('/sign-in?error=sso-expired');
    expect(await comeBack(thief, callback)).toBe('/sign-in?error=sso-rejected');
  });

  it('refuses a code that was made for another client', async () => {
    const { browser, location } = await beginSso(app);
    const url = new URL(location);
    url.searchParams.set('client_id', 'somebody-else');
    expect(await comeBack(browser, await signInAtProvider(url.href, 'ada'))).toBe('/sign-in?error=sso-rejected');
  });

  it('refuses the answer of another issuer, and one that does not say whose it is', async () => {
    for (const iss of ['https://evil.example', undefined]) {
      const { browser, location } = await beginSso(app);
      const callback = await signInAtProvider(location, 'ada');
      if (iss) callback.searchParams.set('iss', iss);
      else callback.searchParams.delete('iss');
      expect(await comeBack(browser, callback)).toBe('/sign-in?error=sso-rejected');
    }
  });

  it('tells when the provider did not sign in', async () => {
    const { browser, location } = await beginSso(app);
    const callback = await signInAtProvider(location, 'ada');
    callback.searchParams.delete('code');
    callback.searchParams.set('error', 'access_denied');
    expect(await comeBack(browser, callback)).toBe('/sign-in?error=sso-denied');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)'])(
    'leads nowhere else: %s',
    async (returnTo) => {
      const url = `/api/auth/sso/start?returnTo=${encodeURIComponent(returnTo)}`;
      expect((await new Browser(app).open({ method: 'GET', url })).statusCode).toBe(400);
    },
  );

  it('sends nothing to the provider that is a secret, and asks for no more than it needs', async () => {
    const { location } = await beginSso(app);
    const asked = new URL(location);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'wardline',
      redirect_uri: 'http://127.0.0.1:8080/api/auth/sso/callback',
      scope: 'openid email profile',
      state: expect.stringMatching(/^.{43}$/),
      nonce: expect.stringMatching(/^.{43}$/),
      code_challenge: expect.stringMatching(/^.{43}$/),
      code_challenge_method: 'S256',
    });
  });

  it('keeps the password of a user who has one', async () => {
    const email = 'both@example.com';
    await givenSignedIn(app, email);
    expect((await visit(app, 'both')).location).toBe('/connectors');
    const answer = await new Browser(app).call('POST', '/api/auth/sign-in', { email, password: PASSWORD });
    expect(answer.body).toEqual({ next: 'signed-in' });
  });
});
