import type { GroupMember, Page, UserGroup, UserGroupRequest, UserGroupV2 } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Failure, type Success, scopeQuery } from '../test-support/fixtures.ts';
import { ADMIN, givenProgramWith, givenRole, givenUser, type Proof } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ROOT = '/ng/api/user-groups';
const V2 = '/ng/api/v2/user-groups';
const org = { orgIdentifier: 'o1' };

const group = (identifier: string, changes: Partial<UserGroupRequest> = {}): UserGroupRequest => ({
  identifier,
  name: identifier,
  ...changes,
});

describeEachEngine((engine) => {
  let app: TestApp;
  let ann: string;
  let bob: { readonly id: string; readonly proof: Proof };
  beforeAll(async () => {
    app = await startTestApp(engine);
    ann = (await givenUser(app, 'ann@test.invalid')).id;
    bob = await givenUser(app, 'bob@test.invalid');
  });
  afterAll(() => app.close());

  type One = Success<UserGroup> & Failure;
  const write = (method: 'POST' | 'PUT', body: unknown, place = {}, proof: Proof = ADMIN) =>
    app.call<One>(method, `${ROOT}?${scopeQuery(place)}`, body, proof);
  const read = (id: string, place = {}) => app.call<One>('GET', `${ROOT}/${id}?${scopeQuery(place)}`);
  const member = <T>(method: 'GET' | 'PUT' | 'DELETE', id: string, user: string, proof: Proof = ADMIN) =>
    app.call<Success<T> & Failure>(method, `${ROOT}/${id}/member/${user}?${scopeQuery()}`, undefined, proof);
  const assign = (role: string, id: string) =>
    app.call('POST', `/authz/api/roleassignments?${scopeQuery()}`, {
      roleIdentifier: role,
      principal: { type: 'USER_GROUP', identifier: id },
    });
  const seesConnectors = async (proof: Proof) =>
    (await app.call('GET', `/ng/api/connectors?${scopeQuery()}`, undefined, proof)).status;

  it('is made, read, replaced and deleted as the Terraform provider does it', async () => {
    const body = group('tf', {
      ...org,
      accountIdentifier: 'default',
      description: 'd',
      tags: { a: 'b' },
      users: [ann],
    });
    const made = await write('POST', body, org);
    expect(made.body.data).toMatchObject({
      ...body,
      projectIdentifier: null,
      ssoLinked: false,
      externallyManaged: false,
    });
    expect((await read('tf', org)).body.data).toEqual(made.body.data);
    const changed = await write('PUT', { ...body, name: 'TF', users: [bob.id] }, org);
    expect(changed.body.data).toMatchObject({ name: 'TF', users: [bob.id] });
    expect((await app.call<One>('DELETE', `${ROOT}/tf?${scopeQuery(org)}`)).body.data.name).toBe('TF');
    expect(await read('tf', org)).toMatchObject({ status: 400, body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' } });
  });

  it('has members by e-mail address in the second version', async () => {
    const body = group('v2', { users: ['Ann@test.invalid', 'bob@test.invalid'] });
    const made = await app.call<Success<UserGroupV2>>('POST', `${V2}?${scopeQuery()}`, body);
    const users = [
      { id: ann, email: 'ann@test.invalid' },
      { id: bob.id, email: 'bob@test.invalid' },
    ];
    expect(made.body.data.users).toEqual(users);
    const changed = { ...body, users: ['bob@test.invalid'] };
    await app.call('PUT', `${V2}?${scopeQuery()}`, changed);
    const found = await app.call<Success<UserGroupV2>>('GET', `${V2}/v2?${scopeQuery()}`);
    expect(found.body.data.users).toEqual(users.slice(1));
    const unknown = await app.call<Failure>('PUT', `${V2}?${scopeQuery()}`, { ...body, users: ['zoe@test.invalid'] });
    expect(unknown.body.errors).toMatchObject([{ fieldId: 'users.0' }]);
  });

  it('refuses an ID that is taken, a scope that the query does not name, and what there is not here', async () => {
    await write('POST', group('taken'));
    expect((await write('POST', group('taken'))).body.code).toBe('DUPLICATE_FIELD');
    const errors = async (changes: object, place = {}) =>
      (await write('POST', { ...group('refused'), ...changes }, place)).body.errors?.map(({ fieldId }) => fieldId);
    expect(await errors({ orgIdentifier: 'o2' }, org)).toEqual(['orgIdentifier']);
    expect(await errors({ users: ['nobody'] })).toEqual(['users.0']);
    expect(await errors({ linkedSsoId: 'saml' })).toEqual(['linkedSsoId']);
    expect(await errors({ notificationConfigs: [{ type: 'EMAIL' }] })).toEqual(['notificationConfigs']);
  });

  it('gives its rights to its members at once, and takes them back at once', async () => {
    await write('POST', group('viewers'));
    await assign('_account_viewer', 'viewers');
    expect(await seesConnectors(bob.proof)).toBe(403);
    expect((await member<UserGroup>('PUT', 'viewers', bob.id)).body.data.users).toEqual([bob.id]);
    expect((await member<boolean>('GET', 'viewers', bob.id)).body.data).toBe(true);
    expect(await seesConnectors(bob.proof)).toBe(200);
    expect((await member<UserGroup>('DELETE', 'viewers', bob.id)).body.data.users).toEqual([]);
    expect((await member<boolean>('GET', 'viewers', bob.id)).body.data).toBe(false);
    expect(await seesConnectors(bob.proof)).toBe(403);
    // Once more, and deleted with the role it was given.
    await member('PUT', 'viewers', bob.id);
    await app.call('DELETE', `${ROOT}/viewers?${scopeQuery()}`);
    expect(await seesConnectors(bob.proof)).toBe(403);
    await write('POST', group('viewers', { users: [bob.id] }));
    expect(await seesConnectors(bob.proof)).toBe(403);
  });

  it('lets nobody in who would get what the caller has not', async () => {
    await write('POST', group('powerful'));
    await assign('_account_admin', 'powerful');
    await givenRole(app, 'groups', ['core_usergroup_manage', 'core_usergroup_view']);
    const manager = await givenProgramWith(app, 'manager', [{ role: 'groups' }]);
    for (const answer of [
      await member('PUT', 'powerful', bob.id, manager),
      await write('PUT', group('powerful', { users: [bob.id] }), {}, manager),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'NG_ACCESS_DENIED' } });
    }
    expect((await read('powerful')).body.data.users).toEqual([]);
    expect((await write('POST', group('harmless', { users: [bob.id] }), {}, manager)).status).toBe(200);
    expect((await member('PUT', 'harmless', ann, manager)).status).toBe(200);
  });

  it('is listed by page, searched, and with those of the scopes above only for who may see them', async () => {
    const place = { orgIdentifier: 'listed' };
    for (const id of ['ga', 'gb']) await write('POST', group(id, { users: [ann] }), place);
    await write('POST', group('gabove'));
    const list = async (query: string, proof: Proof = ADMIN) => {
      const url = `${ROOT}?${scopeQuery(place)}&sortOrders=name,ASC&searchTerm=G${query}`;
      const { body } = await app.call<Success<Page<UserGroup>>>('GET', url, undefined, proof);
      return body.data.content.map(({ identifier, users }) => [identifier, users.length]);
    };
    expect(await list('')).toEqual([
      ['ga', 1],
      ['gb', 1],
    ]);
    expect(await list('&pageSize=1&pageIndex=1')).toEqual([['gb', 1]]);
    const inherited = '&filterType=INCLUDE_INHERITED_GROUPS';
    expect((await list(inherited)).map(([id]) => id)).toContain('gabove');
    const local = await givenProgramWith(app, 'local', [{ role: '_account_viewer', at: place }]);
    expect((await list(inherited, local)).map(([id]) => id)).toEqual(['ga', 'gb']);
  });

  it('is found by filter at the scope that the body names, and tells its members by page', async () => {
    const place = { orgIdentifier: 'batch' };
    await write('POST', group('b1', { users: [ann, bob.id] }), place);
    await write('POST', group('b2'), place);
    const batch = async (filter: object) => {
      const body = { accountIdentifier: 'default', ...place, ...filter };
      const answer = await app.call<Success<UserGroup[]>>('POST', `${ROOT}/batch?${scopeQuery()}`, body);
      return answer.body.data.map(({ identifier }) => identifier);
    };
    expect(await batch({})).toEqual(['b1', 'b2']);
    expect(await batch({ identifierFilter: ['b2'] })).toEqual(['b2']);
    expect(await batch({ userIdentifierFilter: [ann] })).toEqual(['b1']);
    const url = `${ROOT}/b1/users?${scopeQuery(place)}&pageSize=1&pageIndex=1`;
    const { body } = await app.call<Success<Page<GroupMember>>>('POST', url, {});
    expect(body.data).toMatchObject({ totalItems: 2, content: [{ email: 'bob@test.invalid', uuid: bob.id }] });
  });
});
