import type { Page, PermissionResponse, RoleResponse } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Failure, type Success, scopeQuery } from '../test-support/fixtures.ts';
import { ADMIN, givenProgramWith, givenRole, type Proof } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ROOT = '/authz/api/roles';
const project = { orgIdentifier: 'o1', projectIdentifier: 'p1' };

const reader = {
  identifier: 'reader',
  name: 'Reader',
  description: 'Sees connectors.',
  tags: { team: 'red' },
  permissions: ['core_connector_view'],
};

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  type One = Success<RoleResponse> & Failure;
  const create = (body: unknown, place = {}, proof: Proof = ADMIN) =>
    app.call<One>('POST', `${ROOT}?${scopeQuery(place)}`, body, proof);
  const replace = (id: string, body: unknown, place = {}, proof: Proof = ADMIN) =>
    app.call<One>('PUT', `${ROOT}/${id}?${scopeQuery(place)}`, body, proof);
  const read = (id: string, place = {}) => app.call<One>('GET', `${ROOT}/${id}?${scopeQuery(place)}`);
  const remove = (id: string, place = {}) => app.call<One>('DELETE', `${ROOT}/${id}?${scopeQuery(place)}`);
  const list = async (query = '') =>
    (await app.call<Success<Page<RoleResponse>>>('GET', `${ROOT}?${scopeQuery()}${query}`)).body.data;

  it('is stored, read, replaced and deleted as the Terraform provider does it', async () => {
    const made = await create({ ...reader, allowedScopeLevels: ['account'] });
    expect(made).toMatchObject({
      status: 200,
      body: {
        data: {
          role: { ...reader, allowedScopeLevels: ['account'] },
          scope: { accountIdentifier: 'default', orgIdentifier: null, projectIdentifier: null },
          harnessManaged: false,
        },
      },
    });
    expect((await read('reader')).body.data).toEqual(made.body.data);
    const changed = { ...reader, permissions: ['core_connector_view', 'core_secret_view'] };
    expect((await replace('reader', changed)).body.data.role.permissions).toEqual(changed.permissions);
    expect((await remove('reader')).body.data.role.identifier).toBe('reader');
    expect(await read('reader')).toMatchObject({ status: 400, body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' } });
  });

  it('belongs to its scope, and names its level', async () => {
    expect((await create({ ...reader, identifier: 'scoped' }, project)).body.data).toMatchObject({
      role: { allowedScopeLevels: ['project'] },
      scope: project,
    });
    expect((await read('scoped')).status).toBe(400);
    expect((await read('scoped', project)).status).toBe(200);
    const elsewhere = await create({ ...reader, identifier: 'elsewhere', allowedScopeLevels: ['account'] }, project);
    expect(elsewhere.body.errors).toMatchObject([{ fieldId: 'allowedScopeLevels' }]);
  });

  it('is refused with an ID that is taken or built in, and with a permission that there is not', async () => {
    await create({ ...reader, identifier: 'taken' });
    expect(await create({ ...reader, identifier: 'taken' })).toMatchObject({
      status: 400,
      body: { code: 'DUPLICATE_FIELD' },
    });
    expect((await create({ ...reader, identifier: '_mine' })).body.errors).toMatchObject([{ fieldId: 'identifier' }]);
    expect((await create({ ...reader, permissions: ['core_pipeline_edit'] })).body.errors).toEqual([
      {
        fieldId: 'permissions.0',
        error: '“core_pipeline_edit” is no permission of this server. GET /authz/api/permissions lists those that are.',
      },
    ]);
  });

  it('is built in, and then neither changed nor deleted', async () => {
    expect((await read('_account_viewer', project)).body.data).toMatchObject({ harnessManaged: true, scope: null });
    for (const answer of [await replace('_account_viewer', reader), await remove('_account_viewer')]) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
      expect(answer.body.message).toContain('built-in');
    }
  });

  it('is listed by page, the built-in ones first', async () => {
    for (const id of ['list_b', 'list_a', 'list_c']) await givenRole(app, id, []);
    const found = await list('&searchTerm=LIST_&sortOrders=name,ASC&pageSize=2');
    expect(found).toMatchObject({ totalItems: 3, totalPages: 2, pageItemCount: 2 });
    expect(found.content.map(({ role }) => role.identifier)).toEqual(['list_a', 'list_b']);
    const last = await list('&searchTerm=list_&sortOrders=name,ASC&pageSize=2&pageIndex=1');
    expect(last.content.map(({ role }) => role.identifier)).toEqual(['list_c']);

    const everything = await list('&pageSize=100');
    const ids = everything.content.map(({ role }) => role.identifier);
    expect(ids.slice(0, 3)).toEqual(['_account_admin', '_account_viewer', '_secrets_reader']);
    // The same, whatever the size of the pages.
    const paged = [];
    for (let index = 0; paged.length < everything.totalItems; index += 1) {
      const { content } = await list(`&pageSize=2&pageIndex=${index}`);
      expect(content.length).toBeGreaterThan(0);
      paged.push(...content.map(({ role }) => role.identifier));
    }
    expect(paged).toEqual(ids);
  });

  it('gives nobody what they have not', async () => {
    await givenRole(app, 'role_editor', ['core_role_edit', 'core_connector_view']);
    const editor = await givenProgramWith(app, 'editor', [{ role: 'role_editor' }]);
    expect((await create({ ...reader, identifier: 'fine' }, {}, editor)).status).toBe(200);
    const more = { ...reader, identifier: 'fine', permissions: ['core_connector_view', 'core_secret_access'] };
    for (const answer of [
      await create({ ...more, identifier: 'more' }, {}, editor),
      await replace('fine', more, {}, editor),
      await create({ ...more, identifier: 'more' }, project, editor),
    ]) {
      expect(answer).toMatchObject({
        status: 403,
        body: { code: 'NG_ACCESS_DENIED', failedPermissionChecks: [{ permission: 'core_secret_access' }] },
      });
    }
    expect((await read('fine')).body.data.role.permissions).toEqual(['core_connector_view']);
  });

  it('counts at once when it changes, and when it is deleted it is taken from everyone', async () => {
    await givenRole(app, 'changing', ['core_connector_view']);
    const program = await givenProgramWith(app, 'changing', [{ role: 'changing' }]);
    const seesSecrets = async () =>
      (await app.call('GET', `/ng/api/v2/secrets?${scopeQuery()}`, undefined, program)).status;
    expect(await seesSecrets()).toBe(403);
    await replace('changing', { ...reader, identifier: 'changing', permissions: ['core_secret_view'] });
    expect(await seesSecrets()).toBe(200);
    await remove('changing');
    expect(await seesSecrets()).toBe(403);
    const events = await app.database.db
      .selectFrom('audit_events')
      .select(['action', 'resource_type', 'event'])
      .where('resource_type', 'in', ['ROLE', 'ROLE_ASSIGNMENT'])
      .orderBy('seq', 'desc')
      .limit(4)
      .execute();
    expect(events.map(({ action }) => action)).toEqual([
      'ROLE_ASSIGNMENT_DELETED',
      'DELETE',
      'UPDATE',
      'ROLE_ASSIGNMENT_CREATED',
    ]);
    expect(JSON.parse(events[2]?.event ?? '')).toMatchObject({
      before: { permissions: ['core_connector_view'] },
      after: { permissions: ['core_secret_view'] },
    });
  });

  it('is made of permissions that are listed, each about a resource type that is listed', async () => {
    const { body } = await app.call<Success<PermissionResponse[]>>('GET', `/authz/api/permissions?${scopeQuery()}`);
    const types = await app.call<Success<string[]>>('GET', `/authz/api/permissions/resourcetypes?${scopeQuery()}`);
    const identifiers = body.data.map(({ permission }) => permission.identifier);
    expect(identifiers).toEqual(expect.arrayContaining(['core_connector_view', 'core_secret_access']));
    expect(new Set(body.data.map(({ permission }) => permission.resourceType))).toEqual(new Set(types.body.data));
  });
});
