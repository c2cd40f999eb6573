import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../config.ts';
import { Browser } from '../../test-support/browser.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../../test-support/test-app.ts';
import { givenInvitedUser } from '../../test-support/users.ts';
import { signInAtProvider } from './testing/sign-in-at-provider.ts';
import { beginSso, comeBack, visit } from './testing/sso-visit.ts';
import { type RunningProvider, startProvider } from './testing/start-provider.ts';

const ACCOUNTS = {
  ada: { claims: { email: 'ada@example.com', email_verified: true, name: 'Ada Lovelace' } },
  eve: { claims: { email: 'eve@example.com', email_verified: false } },
};

let provider: RunningProvider;
let app: TestApp;
beforeAll(async () => {
  // Unlike the provider of the other tests: tells the address at its userinfo endpoint, and takes the secret in the form.
  provider = await startProvider({ accounts: ACCOUNTS, claimsInToken: false, authMethod: 'client_secret_post' });
});
afterAll(() => provider.stop());
afterEach(() => app.close());

describeEachEngine((engine) => {
  const start = async (env: Record<string, string> = {}, now?: () => Date) => {
    app = await startTestApp(engine, { env: { ...provider.env, ...env }, ...(now && { now }) });
    return app;
  };

  it('asks the userinfo endpoint for an address that is not in the token', async () => {
    await start();
    await givenInvitedUser(app, 'ada@example.com');
    expect((await visit(app, 'ada')).location).toBe('/connectors');
  });

  it('makes a user of everyone whom the provider verified, with the role of the configuration, where that is on', async () => {
    await start({ WARDLINE_SSO_AUTO_CREATE: 'on', WARDLINE_SSO_DEFAULT_ROLE: '_account_viewer' });
    await givenInvitedUser(app, 'first@example.com');
    const { browser } = await visit(app, 'ada');
    expect((await browser.call<object>('GET', '/api/auth/profile')).body).toMatchObject({ name: 'Ada Lovelace' });
    expect((await browser.call('GET', '/api/users')).status).toBe(200);
    expect((await browser.call('POST', '/api/users', { email: 'x@example.com', name: 'x' })).status).toBe(403);
    expect((await visit(app, 'eve')).location).toBe('/sign-in?error=sso-email-unverified');
    expect(await app.deps.storage.users.findByEmail('eve@example.com')).toBeUndefined();
  });

  it('gives no role without one in the configuration, and makes nobody for a role that is none', async () => {
    await start({ WARDLINE_SSO_AUTO_CREATE: 'on' });
    await givenInvitedUser(app, 'first@example.com');
    const { browser } = await visit(app, 'ada');
    expect((await browser.call<{ grants: unknown[] }>('GET', '/api/whoami')).body.grants).toEqual([]);
    await app.close();
    await start({ WARDLINE_SSO_AUTO_CREATE: 'on', WARDLINE_SSO_DEFAULT_ROLE: 'nowhere' });
    await givenInvitedUser(app, 'first@example.com');
    expect((await visit(app, 'ada')).location).toBe('/sign-in?error=sso-misconfigured');
    expect(await app.deps.storage.users.findByEmail('ada@example.com')).toBeUndefined();
  });

  it('makes nobody the first user, who is the administrator of the setup link', async () => {
    await start({ WARDLINE_SSO_AUTO_CREATE: 'on' });
    expect((await visit(app, 'ada')).location).toBe('/sign-in?error=sso-setup-first');
    expect(await app.deps.storage.signIn.anyUser()).toBe(false);
  });

  it.each([
    ['forgives clocks that are half a minute apart', 30_000, '/connectors'],
    ['tells clocks that are far apart', 20 * 60_000, '/sign-in?error=sso-clock'],
    ['tells clocks that are far apart the other way', -20 * 60_000, '/sign-in?error=sso-clock'],
  ])('%s', async (_case, difference, expected) => {
    await start({}, () => new Date(Date.now() + difference));
    await givenInvitedUser(app, 'ada@example.com');
    expect((await visit(app, 'ada')).location).toBe(expected);
  });

  it('refuses a sign-in that took too long', async () => {
    let later = 0;
    await start({}, () => new Date(Date.now() + later));
    const { browser, location } = await beginSso(app);
    const callback = await signInAtProvider(location, 'ada');
    later = 601_000;
    expect(await comeBack(browser, callback)).toBe('/sign-in?error=sso-expired');
  });

  it('starts without the provider, and tells when it cannot be reached', async () => {
    const gone = await startProvider({ accounts: ACCOUNTS });
    await gone.stop();
    await start(gone.env);
    expect((await beginSso(app)).location).toBe('/sign-in?error=sso-unavailable');
  });

  it('tells when the provider goes away in the middle', async () => {
    const leaving = await startProvider({ accounts: ACCOUNTS });
    await start(leaving.env);
    const { browser, location } = await beginSso(app);
    const callback = await signInAtProvider(location, 'ada');
    await leaving.stop();
    expect(await comeBack(browser, callback)).toBe('/sign-in?error=sso-unavailable');
  });

  it('goes to no provider that calls itself something else', async () => {
    await start({ WARDLINE_SSO_ISSUER: provider.issuer.replace('127.0.0.1', 'localhost') });
    expect((await beginSso(app)).location).toBe('/sign-in?error=sso-misconfigured');
    await app.close();
    await start({ WARDLINE_SSO_ISSUER: `${provider.issuer}/elsewhere` });
    expect((await beginSso(app)).location).toBe('/sign-in?error=sso-misconfigured');
  });

  it('tells a wrong client secret', async () => {
    await start({ WARDLINE_SSO_CLIENT_SECRET: 'another' });
    const { browser, location } = await beginSso(app);
    const callback = await signInAtProvider(location, 'ada');
    expect(await comeBack(browser, callback)).toBe('/sign-in?error=sso-misconfigured');
  });

  it('is off without a configuration', async () => {
    app = await startTestApp(engine);
    expect((await app.call<object>('GET', '/api/auth/options')).body).toMatchObject({ sso: null });
    expect((await beginSso(app)).location).toBe('/sign-in?error=sso-not-configured');
    expect(await comeBack(new Browser(app), new URL('http://x/api/auth/sso/callback?code=1&state=1'))).toBe(
      '/sign-in?error=sso-not-configured',
    );
  });

  it('keeps its cookies to TLS where the server is behind it', async () => {
    const secure = 'https://wardline.example';
    const client = await startProvider({ accounts: ACCOUNTS }, `${secure}/api/auth/sso/callback`);
    try {
      await start({ ...client.env, WARDLINE_PUBLIC_URL: secure });
      await givenInvitedUser(app, 'ada@example.com');
      const { browser, location } = await beginSso(app);
      expect([...browser.cookies.keys()]).toEqual(['__Secure-wardline.sso']);
      expect(await comeBack(browser, await signInAtProvider(location, 'ada'))).toBe('/connectors');
      expect([...browser.cookies.keys()]).toEqual(['__Secure-wardline.session_token']);
      expect((await browser.call('GET', '/api/whoami')).status).toBe(200);
    } finally {
      await client.stop();
    }
  });

  it('takes the client secret from a file', async () => {
    app = await startTestApp(engine);
    const { WARDLINE_SSO_CLIENT_SECRET: secret = '', ...env } = provider.env;
    const path = join(app.deps.config.dataDir, 'client-secret');
    await writeFile(path, `${secret}\n`);
    expect(loadConfig({ ...env, WARDLINE_SSO_CLIENT_SECRET_FILE: path }).sso?.clientSecret).toBe(secret);
  });

  it('takes issuer, client and secret together, and an issuer behind TLS only', async () => {
    app = await startTestApp(engine);
    const { WARDLINE_SSO_ISSUER, WARDLINE_SSO_CLIENT_ID } = provider.env;
    expect(() => loadConfig({ WARDLINE_SSO_ISSUER, WARDLINE_SSO_CLIENT_ID })).toThrow(ConfigError);
    expect(() => loadConfig({ ...provider.env, WARDLINE_SSO_ISSUER: 'http://idp.example' })).toThrow(/https:/);
    expect(loadConfig(provider.env).sso).toMatchObject({ issuer: provider.issuer, autoCreate: false });
  });
});
