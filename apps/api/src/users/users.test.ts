import type { CurrentUser, Page, User, UserAggregate, UserLink } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Failure, Success } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { givenInvitedUser, givenPerson } from '../test-support/users.ts';

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine, { env: { WARDLINE_PUBLIC_URL: 'https://wardline.example' } });
  });
  afterAll(() => app.close());

  const read = (id: string) => app.call<User & Failure>('GET', `/api/users/${id}`);
  const tokenOf = (link: string) => new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';
  const find = (link: string) => app.deps.storage.oneTimeLinks.find(tokenOf(link), new Date().toISOString());
  const lastEvents = async (count: number) =>
    (
      await app.database.db
        .selectFrom('audit_events')
        .select(['action', 'resource_type', 'resource_identifier', 'event'])
        .orderBy('seq', 'desc')
        .limit(count)
        .execute()
    ).reverse();

  it('invites a user with a link to the console, whose token is in no URL that a server sees', async () => {
    const { user, link, expiresAt } = await givenInvitedUser(app, 'Ada@Example.com', '_account_viewer');
    expect(user).toMatchObject({
      email: 'ada@example.com',
      status: 'INVITED',
      hasPassword: false,
      secondFactor: false,
    });
    expect(link).toMatch(/^https:\/\/wardline\.example\/invitation#token=[0-9a-zA-Z_-]{43}$/);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    expect(user.invitationExpiresAt).toBe(expiresAt);
    expect(await find(link)).toMatchObject({ purpose: 'invitation', userId: user.id });
    const events = await lastEvents(2);
    expect(events).toMatchObject([
      { action: 'INVITE', resource_type: 'USER', resource_identifier: 'ada@example.com' },
      { action: 'ROLE_ASSIGNMENT_CREATED', resource_type: 'ROLE_ASSIGNMENT' },
    ]);
    expect(JSON.stringify(events)).not.toContain(tokenOf(link));
  });

  it('stores of a link no more than a hash', async () => {
    const { link } = await givenInvitedUser(app, 'hash@example.com');
    const rows = await app.database.db.selectFrom('one_time_links').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(tokenOf(link));
  });

  it('has one user for an e-mail address, in whatever case', async () => {
    await givenInvitedUser(app, 'twice@example.com');
    const again = { email: 'TWICE@example.com', name: 'again' };
    expect(await app.call('POST', '/api/users', again)).toMatchObject({
      status: 400,
      body: { code: 'DUPLICATE_FIELD', message: 'There is a user with the e-mail address twice@example.com already.' },
    });
  });

  it('refuses an unknown role and keeps nothing of the user', async () => {
    const body = { email: 'norole@example.com', name: 'n', roleIdentifier: 'nowhere' };
    expect(await app.call('POST', '/api/users', body)).toMatchObject({
      status: 400,
      body: { errors: [{ fieldId: 'roleIdentifier' }] },
    });
    expect(await app.deps.storage.users.findByEmail('norole@example.com')).toBeUndefined();
  });

  it('makes a new invitation link, after which the first one opens nothing', async () => {
    const { user, link } = await givenInvitedUser(app, 'again@example.com');
    const renewed = await app.call<UserLink>('POST', `/api/users/${user.id}/invitation`);
    expect(renewed.status).toBe(200);
    expect(await find(link)).toBeUndefined();
    expect(await find(renewed.body.link)).toMatchObject({ userId: user.id });
    expect(await app.call('POST', `/api/users/${user.id}/password-reset`)).toMatchObject({
      status: 400,
      body: { message: 'again@example.com has not taken the invitation yet. Make a new invitation link.' },
    });
  });

  it('finds users by name and address, in any case, page by page', async () => {
    for (const name of ['Zoë One', 'Zoë Two', 'Zoë %']) {
      const email = `${encodeURIComponent(name)}@search.example`.replaceAll('%', '.').toLowerCase();
      await app.call('POST', '/api/users', { email, name });
    }
    const search = async (query: string) =>
      (await app.call<Page<User>>('GET', `/api/users?${query}`)).body.content.map(({ name }) => name);
    expect(await search('searchTerm=ZO%C3%AB&pageSize=2')).toEqual(['Zoë %', 'Zoë One']);
    expect(await search('searchTerm=zo%C3%AB&pageSize=2&pageIndex=1')).toEqual(['Zoë Two']);
    expect(await search('searchTerm=%25')).toEqual(['Zoë %']);
    expect(await search('searchTerm=SEARCH.example')).toHaveLength(3);
    expect((await app.call<Page<User>>('GET', '/api/users?searchTerm=zo&pageSize=2')).body).toMatchObject({
      totalItems: 3,
      totalPages: 2,
      pageItemCount: 2,
    });
  });

  it('locks a user out at once, and lets them in again when unlocked', async () => {
    const { user, headers } = await givenPerson(app, 'locked@example.com', '_account_viewer');
    const whoAmI = async () => (await app.call('GET', '/api/whoami', undefined, headers)).status;
    expect(await whoAmI()).toBe(200);
    const put = (disabled: boolean) => app.call<User>('PUT', `/api/users/${user.id}`, { name: 'Locked', disabled });
    expect((await put(true)).body).toMatchObject({ status: 'LOCKED', name: 'Locked', invitationExpiresAt: null });
    expect(await whoAmI()).toBe(401);
    expect((await put(false)).body.status).toBe('INVITED');
    expect(await whoAmI()).toBe(200);
    expect(await lastEvents(1)).toMatchObject([{ action: 'UPDATE', resource_identifier: 'locked@example.com' }]);
  });

  it('ends the sessions of a user who is locked, and voids the links', async () => {
    const { user, link } = await givenInvitedUser(app, 'sessions@example.com');
    await givenSession(app, user.id);
    await app.call('PUT', `/api/users/${user.id}`, { name: user.name, disabled: true });
    expect(await find(link)).toBeUndefined();
    expect(await app.database.db.selectFrom('sessions').select('id').where('user_id', '=', user.id).execute()).toEqual(
      [],
    );
  });

  it('ends all sessions of a user on request', async () => {
    const { user } = await givenInvitedUser(app, 'everywhere@example.com');
    await givenSession(app, user.id);
    await givenSession(app, user.id);
    expect(await app.call('DELETE', `/api/users/${user.id}/sessions`)).toEqual({
      status: 200,
      body: { endedSessions: 2 },
    });
    expect(await lastEvents(1)).toMatchObject([{ action: 'LOGOUT', resource_identifier: 'everywhere@example.com' }]);
  });

  it('deletes a user with everything that is theirs', async () => {
    const { user, headers } = await givenPerson(app, 'gone@example.com', '_account_viewer');
    await givenSession(app, user.id);
    expect((await app.call('DELETE', `/api/users/${user.id}`)).status).toBe(200);
    expect((await lastEvents(4)).map(({ action, resource_type }) => `${action} ${resource_type}`)).toEqual([
      'DELETE USER',
      'DELETE API_KEY',
      'REVOKE_TOKEN TOKEN',
      'ROLE_ASSIGNMENT_DELETED ROLE_ASSIGNMENT',
    ]);
    expect(await read(user.id)).toMatchObject({ status: 404, body: { code: 'ENTITY_NOT_FOUND' } });
    expect((await app.call('GET', '/api/whoami', undefined, headers)).status).toBe(401);
    const { db } = app.database;
    expect(await db.selectFrom('role_assignments').select('id').where('principal_id', '=', user.id).execute()).toEqual(
      [],
    );
    expect(await db.selectFrom('api_keys').select('id').where('owner_id', '=', user.id).execute()).toEqual([]);
    expect(await db.selectFrom('sessions').select('id').where('user_id', '=', user.id).execute()).toEqual([]);
    expect((await app.call('DELETE', `/api/users/${user.id}`)).status).toBe(404);
  });

  it('tells the current user of an API key in the ecosystem’s shape, and that a service account is none', async () => {
    const { user, headers } = await givenPerson(app, 'me@example.com', '_account_admin');
    const url = '/ng/api/user/currentUser?accountIdentifier=default';
    const answer = await app.call<Success<CurrentUser>>('GET', url, undefined, headers);
    expect(answer.body.data).toMatchObject({ uuid: user.id, email: 'me@example.com', admin: true, locked: false });
    expect(await app.call('GET', url)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });

  it('lists users with their roles at a scope in the ecosystem’s shape', async () => {
    await givenInvitedUser(app, 'reader@aggregate.example', '_secrets_reader');
    await givenInvitedUser(app, 'plain@aggregate.example');
    const ask = async (query: string, body?: unknown) =>
      (
        await app.call<Success<Page<UserAggregate>>>(
          'POST',
          `/ng/api/user/aggregate?accountIdentifier=default&searchTerm=aggregate.example${query}`,
          body,
        )
      ).body.data.content;
    const all = await ask('');
    expect(all.map(({ user }) => user.email)).toEqual(['plain@aggregate.example', 'reader@aggregate.example']);
    expect(all[1]?.roleAssignmentMetadata).toMatchObject([
      { roleIdentifier: '_secrets_reader', roleName: 'Secrets Reader', managedRole: true },
    ]);
    expect(await ask('', { roleIdentifiers: ['_secrets_reader'] })).toHaveLength(1);
    expect(await ask('&orgIdentifier=o1')).toEqual([]);
  });
});

/** A session row as the sign-in library stores one. */
async function givenSession(app: TestApp, userId: string): Promise<void> {
  const id = crypto.randomUUID();
  const now = new Date().toISOString();
  await app.database.db
    .insertInto('sessions')
    .values({
      id,
      user_id: userId,
      token: id,
      expires_at: new Date(Date.now() + 60_000).toISOString(),
      ip_address: null,
      user_agent: null,
      created_at: now,
      updated_at: now,
    })
    .execute();
}
