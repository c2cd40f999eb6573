import type { WhoAmI } from '@wardline/contracts';
import { BUILT_IN_ROLES } from '@wardline/contracts';
import { afterEach, expect, it } from 'vitest';
import { ConfigError } from '../config.ts';
import { auditLog, givenAda } from '../identity/testing/browser.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { bootstrapApiKey } from './bootstrap-api-key.ts';

const KEY = 'sat.default.unattended.0123456789abcdefghijklmnopqrstuvwxyz';

let app: TestApp;
afterEach(() => app.close());

const accounts = () => app.database.db.selectFrom('service_accounts').select('identifier').execute();
const whoAmI = () => app.call<WhoAmI>('GET', '/api/whoami', undefined, { 'x-api-key': KEY });

/** An installation that has nobody: the administrator of the tests is taken away. */
async function startEmpty(engine: 'sqlite' | 'postgres'): Promise<void> {
  app = await startTestApp(engine);
  for (const table of ['tokens', 'api_keys', 'role_assignments', 'service_accounts'] as const) {
    await app.database.db.deleteFrom(table).execute();
  }
}

describeEachEngine((engine) => {
  it('makes a service account that is administrator, on record without the key', async () => {
    await startEmpty(engine);
    const before = (await auditLog(app)).length;
    await bootstrapApiKey(app.deps, `${KEY}\n`);
    const { status, body } = await whoAmI();
    expect([status, body.principal]).toEqual([
      200,
      expect.objectContaining({ type: 'SERVICE_ACCOUNT', identifier: 'bootstrap' }),
    ]);
    expect(body.grants).toEqual([
      { orgIdentifier: null, projectIdentifier: null, permissions: BUILT_IN_ROLES._account_admin.permissions },
    ]);
    const events = (await auditLog(app)).slice(before);
    expect(events.map(({ action, resource, principal }) => [action, resource.type, principal.identifier])).toEqual([
      ['CREATE', 'SERVICE_ACCOUNT', 'bootstrap'],
      ['CREATE', 'API_KEY', 'bootstrap'],
      ['CREATE_TOKEN', 'TOKEN', 'bootstrap'],
      ['ROLE_ASSIGNMENT_CREATED', 'ROLE_ASSIGNMENT', 'bootstrap'],
    ]);
    expect(JSON.stringify(events)).not.toContain('0123456789');
  });

  it('makes one where processes start together', async () => {
    await startEmpty(engine);
    await Promise.all([1, 2, 3].map(() => bootstrapApiKey(app.deps, KEY)));
    expect(await accounts()).toEqual([{ identifier: 'bootstrap' }]);
    expect((await whoAmI()).status).toBe(200);
  });

  it('does nothing once there is a user, or a service account', async () => {
    await startEmpty(engine);
    await givenAda(app);
    await bootstrapApiKey(app.deps, KEY);
    expect(await accounts()).toEqual([]);
    await app.close();
    app = await startTestApp(engine);
    await bootstrapApiKey(app.deps, KEY);
    expect(await accounts()).toHaveLength(1);
    expect((await whoAmI()).status).toBe(401);
  });

  it.each([
    ['a person’s', 'pat.default.unattended.0123456789abcdefghijklmnopqrstuvwxyz'],
    ['another account’s', 'sat.other.unattended.0123456789abcdefghijklmnopqrstuvwxyz'],
    ['too short', 'sat.default.unattended.0123456789'],
    ['no key', '0123456789abcdefghijklmnopqrstuvwxyz'],
  ])('refuses one that is %s, without repeating it', async (_what, key) => {
    await startEmpty(engine);
    const made = bootstrapApiKey(app.deps, key);
    await expect(made).rejects.toThrow(ConfigError);
    await expect(made).rejects.toThrow(/^WARDLINE_BOOTSTRAP_API_KEY is not a token of this account\. (?!.*0123)/);
    expect(await accounts()).toEqual([]);
  });
});
