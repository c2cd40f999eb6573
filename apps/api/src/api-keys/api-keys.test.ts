import type { ApiKeyAggregate, ApiKey as ApiKeyAnswer, Page } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Failure, Success } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import {
  apiKey,
  givenPerson,
  givenRights,
  givenServiceAccount,
  givenToken,
  idOf,
  withToken,
} from './testing/api-keys.ts';

const ROOT = '/ng/api/apikey';
const project = { orgIdentifier: 'o1', projectIdentifier: 'p1' };
const inProject = 'orgIdentifier=o1&projectIdentifier=p1';

type One = Success<ApiKeyAnswer> & Failure;
type Headers = Record<string, string>;

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
    await givenServiceAccount(app, 'builds');
  });
  afterAll(() => app.close());

  const create = (body: unknown, headers?: Headers) =>
    app.call<One>('POST', `${ROOT}?accountIdentifier=default`, body, headers);
  const owned = (parent: string, type = 'SERVICE_ACCOUNT') =>
    `accountIdentifier=default&apiKeyType=${type}&parentIdentifier=${parent}`;
  const aggregate = (id: string, query: string, headers?: Headers) =>
    app.call<Success<ApiKeyAggregate> & Failure>('GET', `${ROOT}/aggregate/${id}?${query}`, undefined, headers);

  it('answers what it was given, in the shape of the ecosystem', async () => {
    const body = apiKey('builds', {
      identifier: 'shaped',
      description: 'd',
      tags: { team: 'a' },
      accountIdentifier: 'default',
      defaultTimeToExpireToken: 86_400_000_000,
    });
    const answer = await create(body);
    expect(answer.status).toBe(200);
    const expected = { ...body, orgIdentifier: null, projectIdentifier: null };
    expect(answer.body.data).toEqual(expected);
    expect((await aggregate('shaped', owned('builds'))).body.data).toEqual({
      apiKey: expected,
      createdAt: expect.any(Number),
      lastModifiedAt: expect.any(Number),
      tokensCount: 0,
    });
  });

  it('accepts what the Go client sends for fields that are not set', async () => {
    const unset = { orgIdentifier: '', projectIdentifier: '', tags: null, defaultTimeToExpireToken: 0 };
    const answer = await create(apiKey('builds', { identifier: 'from_go', ...unset }));
    expect(answer).toMatchObject({ status: 200, body: { data: { defaultTimeToExpireToken: null } } });
  });

  it('is changed by the ID in the body, since the Terraform provider puts the account in the path', async () => {
    await create(apiKey('builds', { identifier: 'changing' }));
    const change = (path: string, identifier: string) =>
      app.call<One>('PUT', `${ROOT}/${path}`, apiKey('builds', { identifier, name: `via ${path}` }));
    expect((await change('changing', 'changing')).body.data.name).toBe('via changing');
    expect((await change('default', 'changing')).body.data.name).toBe('via default');
    expect(await change('other', 'changing')).toMatchObject({
      status: 400,
      body: { errors: [{ fieldId: 'identifier' }] },
    });
    expect(await change('nowhere', 'nowhere')).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });

  it('belongs to the scope of its service account', async () => {
    await givenServiceAccount(app, 'deep', project);
    const query = `${owned('deep')}&${inProject}`;
    expect((await aggregate('key', query)).body.data.apiKey).toMatchObject({ ...project, parentIdentifier: 'deep' });
    expect(await aggregate('key', owned('deep'))).toMatchObject({
      status: 400,
      body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' },
    });
    expect(await create(apiKey('deep', { identifier: 'elsewhere' }))).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
  });

  it('has one of each ID for an owner', async () => {
    expect((await create(apiKey('builds', { identifier: 'twice' }))).status).toBe(200);
    expect(await create(apiKey('builds', { identifier: 'twice' }))).toMatchObject({
      body: { code: 'DUPLICATE_FIELD' },
    });
  });

  it('is listed with and without pages', async () => {
    await givenServiceAccount(app, 'lister');
    for (const identifier of ['zeta', 'alpha'])
      await create(apiKey('lister', { identifier, name: identifier, tags: { found: 'yes' } }));
    await givenToken(app, 'lister');
    const list = await app.call<Success<ApiKeyAnswer[]>>('GET', `${ROOT}?${owned('lister')}&identifiers=zeta`);
    expect(list.body.data.map(({ identifier }) => identifier)).toEqual(['zeta']);
    const page = async (rest: string) =>
      (await app.call<Success<Page<ApiKeyAggregate>>>('GET', `${ROOT}/aggregate?${owned('lister')}&${rest}`)).body.data;
    const second = await page('pageSize=2&pageIndex=1&sortOrders=name,ASC');
    expect(second).toMatchObject({ totalItems: 3, totalPages: 2, pageItemCount: 1, pageIndex: 1, empty: false });
    expect(second.content[0]?.apiKey.identifier).toBe('zeta');
    expect((await page('searchTerm=FOUND')).totalItems).toBe(2);
    expect((await page('identifiers=key')).content).toMatchObject([{ apiKey: { identifier: 'key' }, tokensCount: 1 }]);
  });

  it('ends with its tokens', async () => {
    await givenServiceAccount(app, 'ended');
    const text = await givenToken(app, 'ended');
    const whoAmI = () => app.call('GET', '/api/whoami', undefined, withToken(text));
    expect((await whoAmI()).status).toBe(200);
    const remove = () => app.call<Failure>('DELETE', `${ROOT}/key?${owned('ended')}`);
    expect((await remove()).status).toBe(200);
    expect((await whoAmI()).status).toBe(401);
    expect(await remove()).toMatchObject({ status: 404, body: { code: 'ENTITY_NOT_FOUND' } });
  });

  it('is a person’s own business', async () => {
    const ada = await givenPerson(app, 'ada@example.com');
    const bob = await givenPerson(app, 'bob@example.com');
    const own = apiKey(ada.id, { identifier: 'own', apiKeyType: 'USER' });
    expect((await create(own, withToken(ada.text))).status).toBe(200);
    expect((await aggregate('own', owned(ada.id, 'USER'), withToken(ada.text))).status).toBe(200);
    for (const other of [withToken(bob.text), undefined]) {
      expect(await create({ ...own, identifier: 'foreign' }, other)).toMatchObject({
        status: 403,
        body: { code: 'NG_ACCESS_DENIED' },
      });
      expect((await aggregate('own', owned(ada.id, 'USER'), other)).status).toBe(403);
      expect((await app.call('DELETE', `${ROOT}/own?${owned(ada.id, 'USER')}`, undefined, other)).status).toBe(403);
    }
    expect(await create({ ...own, ...project }, withToken(ada.text))).toMatchObject({
      status: 400,
      body: { errors: [{ fieldId: 'orgIdentifier' }] },
    });
  });

  it('of a service account takes the right to manage them, at its scope; to see them, either right', async () => {
    const person = await givenPerson(app, 'right@example.com');
    const as = withToken(person.text);
    await givenServiceAccount(app, 'governed', project);
    const query = `${owned('governed')}&${inProject}`;
    const make = (identifier: string) => create(apiKey('governed', { identifier, ...project }), as);
    expect((await make('one')).status).toBe(403);
    expect((await aggregate('key', query, as)).status).toBe(403);

    await givenRights(app, { type: 'USER', id: person.id }, ['core_serviceaccount_view'], project);
    expect((await aggregate('key', query, as)).status).toBe(200);
    expect((await make('one')).status).toBe(403);

    const elsewhere = { orgIdentifier: 'o2' };
    await givenRights(app, { type: 'USER', id: person.id }, ['core_serviceaccount_manageapikey'], elsewhere);
    expect((await make('one')).status).toBe(403);
    const above = { orgIdentifier: 'o1' };
    await givenRights(app, { type: 'USER', id: person.id }, ['core_serviceaccount_manageapikey'], above);
    expect((await make('one')).status).toBe(200);
  });

  it('of a service account that may do more than the caller can’t be made by the caller', async () => {
    const person = await givenPerson(app, 'climber@example.com');
    const as = withToken(person.text);
    await givenRights(app, { type: 'USER', id: person.id }, ['core_serviceaccount_manageapikey', 'core_secret_view']);
    await givenServiceAccount(app, 'equal');
    await givenRights(app, { type: 'SERVICE_ACCOUNT', id: await idOf(app, 'equal') }, ['core_secret_view'], project);
    expect((await create(apiKey('equal', { identifier: 'fine' }), as)).status).toBe(200);

    await givenServiceAccount(app, 'stronger');
    await givenRights(
      app,
      { type: 'SERVICE_ACCOUNT', id: await idOf(app, 'stronger') },
      ['core_secret_access'],
      project,
    );
    expect(await create(apiKey('stronger', { identifier: 'climb' }), as)).toMatchObject({
      status: 403,
      body: {
        code: 'NG_ACCESS_DENIED',
        failedPermissionChecks: [{ permission: 'core_secret_access', resourceScope: project }],
      },
    });
    // Taking access away gives none.
    expect((await app.call('DELETE', `${ROOT}/key?${owned('stronger')}`, undefined, as)).status).toBe(200);
  });
});
