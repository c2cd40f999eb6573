import type { User } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Failure } from '../test-support/fixtures.ts';
import { ADMIN_KEY, describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { givenInvitedUser, givenPerson, type Person } from '../test-support/users.ts';

describeEachEngine((engine) => {
  let app: TestApp;
  let helper: Person;
  beforeAll(async () => {
    app = await startTestApp(engine);
    await givenRole(app, 'user_helper', ['core_user_view', 'core_user_invite', 'core_user_manage']);
    helper = await givenPerson(app, 'helper@example.com', 'user_helper');
  });
  afterAll(() => app.close());

  const asHelper = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    app.call<Failure>(method, `/api/users${path}`, body, helper.headers);

  it('refuses whoever lacks the right, and says which', async () => {
    const { user, headers } = await givenPerson(app, 'viewer@example.com', '_account_viewer');
    const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
      app.call<Failure>(method, `/api/users${path}`, body, headers);
    expect((await ask('GET', '')).status).toBe(200);
    const invite = await ask('POST', '', { email: 'x@example.com', name: 'x' });
    expect(invite).toMatchObject({
      status: 403,
      body: { failedPermissionChecks: [{ permission: 'core_user_invite' }] },
    });
    for (const [method, path] of [
      ['DELETE', `/${user.id}`],
      ['POST', `/${user.id}/password-reset`],
      ['DELETE', `/${user.id}/second-factor`],
      ['DELETE', `/${user.id}/sessions`],
    ] as const) {
      expect(await ask(method, path)).toMatchObject({
        status: 403,
        body: { failedPermissionChecks: [{ permission: 'core_user_manage' }] },
      });
    }
  });

  it('gives nobody a role by an invitation who could not assign it', async () => {
    const invite = (roleIdentifier?: string) =>
      asHelper('POST', '', { email: 'friend@example.com', name: 'friend', ...(roleIdentifier && { roleIdentifier }) });
    expect(await invite('_account_admin')).toMatchObject({ status: 403 });
    await givenRole(app, 'inviter', ['core_user_invite', 'core_role_edit', 'core_secret_view']);
    const inviter = await givenPerson(app, 'inviter@example.com', 'inviter');
    const asInviter = (roleIdentifier: string) =>
      app.call('POST', '/api/users', { email: 'other@example.com', name: 'other', roleIdentifier }, inviter.headers);
    expect(await asInviter('_secrets_reader')).toMatchObject({
      status: 403,
      body: { failedPermissionChecks: [{ permission: 'core_secret_access' }] },
    });
    expect((await asInviter('inviter')).status).toBe(200);
    expect((await invite()).status).toBe(200);
    expect(await app.deps.storage.users.findByEmail('friend@example.com')).toMatchObject({ sso: false });
  });

  it('lets nobody take over an account that can do more', async () => {
    const admin = await givenPerson(app, 'boss@example.com', '_account_admin');
    const invited = await givenInvitedUser(app, 'newboss@example.com', '_account_admin');
    await givenSignIn(app, admin.user, { secondFactor: true });
    for (const [method, path] of [
      ['POST', `/${admin.user.id}/password-reset`],
      ['DELETE', `/${admin.user.id}/second-factor`],
      ['POST', `/${invited.user.id}/invitation`],
    ] as const) {
      expect(await asHelper(method, path)).toMatchObject({ status: 403, body: { code: 'NG_ACCESS_DENIED' } });
    }
    expect((await app.call('POST', `/api/users/${admin.user.id}/password-reset`)).status).toBe(200);
    expect((await app.call('DELETE', `/api/users/${admin.user.id}/second-factor`)).status).toBe(200);
    expect(await app.deps.storage.users.find(admin.user.id)).toMatchObject({ secondFactor: false });
  });

  it('lets nobody take over an account, join a group or get a key whose greater rights are only disabled for now', async () => {
    await givenRole(app, 'all_helper', [
      'core_user_view',
      'core_user_manage',
      'core_usergroup_manage',
      'core_serviceaccount_manageapikey',
    ]);
    const { user: self, headers } = await givenPerson(app, 'patient@example.com', 'all_helper');
    const as = (method: 'POST' | 'PUT', path: string, body?: unknown) => app.call<Failure>(method, path, body, headers);
    const { user: glass } = await givenPerson(app, 'breakglass@example.com');
    await givenSignIn(app, glass, { secondFactor: false });
    const account = 'accountIdentifier=default';
    const given = { identifier: 'breakglass', name: 'breakglass' };
    for (const [path, body] of [
      ['/ng/api/user-groups', given],
      ['/ng/api/serviceaccount', given],
      ['/ng/api/apikey', { identifier: 'k', name: 'k', apiKeyType: 'SERVICE_ACCOUNT', parentIdentifier: 'breakglass' }],
    ] as const) {
      expect((await app.call('POST', `${path}?${account}`, body)).status).toBe(200);
    }
    for (const principal of [
      { type: 'USER', identifier: glass.id },
      { type: 'USER_GROUP', identifier: 'breakglass' },
      { type: 'SERVICE_ACCOUNT', identifier: 'breakglass' },
    ]) {
      const body = { roleIdentifier: '_account_admin', principal, disabled: true };
      expect((await app.call('POST', `/authz/api/roleassignments?${account}`, body)).status).toBe(200);
    }
    const refused = { status: 403, body: { code: 'NG_ACCESS_DENIED' } };
    expect(await as('POST', `/api/users/${glass.id}/password-reset`)).toMatchObject(refused);
    expect(await as('PUT', `/ng/api/user-groups/breakglass/member/${self.id}?${account}`)).toMatchObject(refused);
    const token = {
      identifier: 't',
      name: 't',
      apiKeyType: 'SERVICE_ACCOUNT',
      parentIdentifier: 'breakglass',
      apiKeyIdentifier: 'k',
    };
    expect(await as('POST', `/ng/api/token?${account}`, token)).toMatchObject(refused);
  });

  it('lets whoever manages users lock someone who can do more, and not unlock them', async () => {
    const { user } = await givenPerson(app, 'suspect@example.com', '_account_admin');
    const put = (disabled: boolean) => ({ name: user.name, disabled });
    expect((await asHelper('PUT', `/${user.id}`, put(true))).status).toBe(200);
    expect(await asHelper('PUT', `/${user.id}`, put(false))).toMatchObject({ status: 403 });
    expect((await asHelper('PUT', `/${user.id}`, { ...put(true), name: 'renamed' })).status).toBe(200);
    expect((await app.call('PUT', `/api/users/${user.id}`, put(false))).status).toBe(200);
  });

  it('lets whoever manages users help those who can do no more than they', async () => {
    const { user } = await givenPerson(app, 'peer@example.com', 'user_helper');
    await givenSignIn(app, user, { secondFactor: false });
    expect((await asHelper('POST', `/${user.id}/password-reset`)).status).toBe(200);
    expect(await asHelper('DELETE', `/${user.id}/second-factor`)).toMatchObject({
      status: 400,
      body: { message: 'peer@example.com has no second factor.' },
    });
  });

  it('lets nobody lock or delete themselves', async () => {
    const { user } = helper;
    expect(await asHelper('PUT', `/${user.id}`, { name: user.name, disabled: true })).toMatchObject({
      status: 400,
      body: { message: 'You cannot lock yourself.' },
    });
    expect(await asHelper('DELETE', `/${user.id}`)).toMatchObject({
      status: 400,
      body: { message: 'You cannot delete yourself.' },
    });
    expect((await asHelper('PUT', `/${user.id}`, { name: 'renamed', disabled: false })).status).toBe(200);
  });
});

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  it('keeps the last administrator', async () => {
    await givenRole(app, 'manager', ['core_user_manage', 'core_user_view']);
    const manager = await givenPerson(app, 'manager@example.com', 'manager');
    const last = await givenPerson(app, 'last@example.com', '_account_admin');
    const call = (method: 'PUT' | 'DELETE', body?: unknown) =>
      app.call<Failure>(method, `/api/users/${last.user.id}`, body, manager.headers);
    await revokeBootstrapKey(app);
    const message = expect.stringContaining('without an administrator');
    expect(await call('PUT', { name: 'x', disabled: true })).toMatchObject({ status: 400, body: { message } });
    expect(await call('DELETE')).toMatchObject({ status: 400, body: { message } });
    expect(await app.deps.storage.users.find(last.user.id)).toMatchObject({ disabled: false, name: 'last' });
  });
});

async function givenRole(app: TestApp, identifier: string, permissions: readonly string[]): Promise<void> {
  const now = new Date().toISOString();
  await app.database.db
    .insertInto('roles')
    .values({
      id: crypto.randomUUID(),
      org_id: '',
      project_id: '',
      identifier,
      name: identifier,
      description: '',
      tags: '{}',
      search_text: identifier,
      permissions: JSON.stringify(permissions),
      created_at: now,
      updated_at: now,
    })
    .execute();
}

/** Makes a user one who can sign in by password. */
async function givenSignIn(app: TestApp, { id }: User, { secondFactor }: { secondFactor: boolean }): Promise<void> {
  const { db } = app.database;
  const now = new Date().toISOString();
  const account = { id: crypto.randomUUID(), user_id: id, account_id: id, provider_id: 'credential', password: 'hash' };
  await db
    .insertInto('accounts')
    .values({ ...NO_TOKENS, ...account, created_at: now, updated_at: now })
    .execute();
  if (!secondFactor) return;
  await db.updateTable('users').set({ two_factor_enabled: 1 }).where('id', '=', id).execute();
}

const NO_TOKENS = {
  access_token: null,
  refresh_token: null,
  id_token: null,
  access_token_expires_at: null,
  refresh_token_expires_at: null,
  scope: null,
};

/** Takes the administrator away that every test app has. */
async function revokeBootstrapKey(app: TestApp): Promise<void> {
  const [, , id = ''] = ADMIN_KEY.split('.');
  await app.database.db.deleteFrom('tokens').where('id', '=', id).execute();
}
