import { afterEach, expect, it } from 'vitest';
import { ConfigError } from '../config.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { bootstrapAdministrator } from './bootstrap-administrator.ts';
import { makeSetupLink } from './setup-link.ts';
import { ADA, auditLog, Browser, givenAda } from './testing/browser.ts';

let app: TestApp;
afterEach(() => app.close());

const users = () => app.database.db.selectFrom('users').select('email').execute();

describeEachEngine((engine) => {
  it('makes the administrator that the configuration names, who can sign in; no setup link is needed', async () => {
    app = await startTestApp(engine);
    await bootstrapAdministrator(app.deps, ADA);
    expect(await makeSetupLink(app.deps)).toBeUndefined();
    const browser = new Browser(app);
    expect((await browser.signIn(ADA)).body).toEqual({ next: 'signed-in' });
    expect((await browser.send('GET', '/api/users')).status).toBe(200);
    const created = (await auditLog(app)).find(({ resource }) => resource.type === 'USER');
    expect(created).toMatchObject({ action: 'CREATE', principal: { type: 'SYSTEM', identifier: 'bootstrap' } });
    expect(JSON.stringify(await auditLog(app))).not.toContain(ADA.password);
  });

  it('makes one where processes start together', async () => {
    app = await startTestApp(engine);
    await Promise.all([1, 2, 3].map(() => bootstrapAdministrator(app.deps, ADA)));
    expect(await users()).toEqual([{ email: ADA.email }]);
  });

  it('does nothing once there is a user', async () => {
    app = await startTestApp(engine);
    await givenAda(app);
    await bootstrapAdministrator(app.deps, { email: 'eve@example.com', password: 'password1234' });
    expect(await users()).toEqual([{ email: ADA.email }]);
  });

  it('refuses a password that is too easy to guess, without repeating it', async () => {
    app = await startTestApp(engine);
    const made = bootstrapAdministrator(app.deps, { email: ADA.email, password: 'Password1234!' });
    await expect(made).rejects.toThrow(ConfigError);
    await expect(made).rejects.toThrow(/^WARDLINE_BOOTSTRAP_ADMIN_PASSWORD cannot be used\. (?!.*1234)/);
    expect(await users()).toEqual([]);
  });
});
