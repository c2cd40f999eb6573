import type { Page, ServiceAccountAggregate, ServiceAccount as ServiceAccountAnswer } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  givenRights,
  givenServiceAccount,
  givenToken,
  idOf,
  serviceAccount,
  withToken,
} from '../api-keys/testing/api-keys.ts';
import { type Failure, type Success, scopeQuery } from '../test-support/fixtures.ts';
import { ADMIN_KEY, describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ROOT = '/ng/api/serviceaccount';
const project = { orgIdentifier: 'o1', projectIdentifier: 'p1' };

type One = Success<ServiceAccountAnswer> & Failure;
type Aggregate = Success<ServiceAccountAggregate> & Failure;

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  const create = (body: unknown, query = 'accountIdentifier=default') =>
    app.call<One>('POST', `${ROOT}?${query}`, body);
  const update = (id: string, body: unknown, query = '') => app.call<One>('PUT', `${ROOT}/${id}?${query}`, body);
  const aggregate = (id: string, query = '') => app.call<Aggregate>('GET', `${ROOT}/aggregate/${id}?${query}`);
  const remove = (id: string, query = '') => app.call<Success<boolean> & Failure>('DELETE', `${ROOT}/${id}?${query}`);
  const eventsOn = async (identifier: string) => {
    const rows = await app.database.db
      .selectFrom('audit_events')
      .select(['action', 'resource_type', 'event'])
      .where('resource_identifier', '=', identifier)
      .orderBy('seq')
      .execute();
    return rows.map(({ action, resource_type, event }) => ({ action, type: resource_type, event: JSON.parse(event) }));
  };

  it('answers what it was given, in the shape of the ecosystem', async () => {
    const body = serviceAccount('shaped', { description: 'd', tags: { team: 'a' }, accountIdentifier: 'default' });
    const answer = await create(body);
    expect(answer.status).toBe(200);
    const expected = { ...body, orgIdentifier: null, projectIdentifier: null };
    expect(answer.body).toEqual({
      status: 'SUCCESS',
      data: expected,
      metaData: null,
      correlationId: expect.any(String),
    });
    expect((await aggregate('shaped')).body.data).toEqual({
      serviceAccount: expected,
      createdAt: expect.any(Number),
      lastModifiedAt: expect.any(Number),
      tokensCount: 0,
      roleAssignmentsMetadataDTO: [],
    });
  });

  it('accepts what the Go client sends for fields that are not set', async () => {
    const body = { ...serviceAccount('from_go'), orgIdentifier: '', projectIdentifier: '', tags: null };
    expect((await create(body)).status).toBe(200);
  });

  it('makes an address from the ID where none is given, and keeps the one there is', async () => {
    const { email: _, ...body } = serviceAccount('Plain');
    expect((await create(body)).body.data.email).toBe('plain@service.wardline');
    await update('Plain', { ...body, email: 'Other@example.com' });
    expect((await update('Plain', { ...body, name: 'renamed' })).body.data).toMatchObject({
      name: 'renamed',
      email: 'Other@example.com',
    });
  });

  it('has one of each ID in a scope, and the same ID in others', async () => {
    expect((await create(serviceAccount('twice'))).status).toBe(200);
    expect(await create(serviceAccount('twice'))).toMatchObject({ status: 400, body: { code: 'DUPLICATE_FIELD' } });
    expect((await create(serviceAccount('twice', project), scopeQuery(project))).status).toBe(200);
    expect((await aggregate('twice', scopeQuery(project))).body.data.serviceAccount).toMatchObject(project);
  });

  it.each<[string, object, string, string]>([
    ['another account', { accountIdentifier: 'other' }, '', 'accountIdentifier'],
    ['a scope that the query does not name', project, '', 'orgIdentifier'],
    ['another scope than the query', { orgIdentifier: 'o2' }, 'orgIdentifier=o1', 'orgIdentifier'],
    ['an address that is none', { email: 'nobody' }, '', 'email'],
    ['a field that does not exist', { roles: ['x'] }, '', 'body'],
  ])('refuses %s', async (_what, changes, query, fieldId) => {
    const answer = await create({ ...serviceAccount('refused'), ...changes }, query);
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(answer.body.errors?.map((field) => field.fieldId)).toContain(fieldId);
  });

  it('answers for an unknown service account with the documented codes', async () => {
    expect(await aggregate('nowhere')).toMatchObject({ status: 400, body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' } });
    expect(await update('nowhere', serviceAccount('nowhere'))).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
    expect(await remove('nowhere')).toMatchObject({ status: 404, body: { code: 'ENTITY_NOT_FOUND' } });
  });

  it('lists those of a scope: by name without pages, and with roles and tokens in pages', async () => {
    const place = { orgIdentifier: 'listed' };
    const query = scopeQuery(place);
    await givenServiceAccount(app, 'b_two', place);
    await givenServiceAccount(app, 'a_one', place);
    await givenToken(app, 'a_one', place);
    await givenRights(
      app,
      { type: 'SERVICE_ACCOUNT', id: await idOf(app, 'a_one', place) },
      ['core_secret_view'],
      place,
    );

    const all = await app.call<Success<ServiceAccountAnswer[]>>('GET', `${ROOT}?${query}`);
    expect(all.body.data.map(({ identifier }) => identifier)).toEqual(['a_one', 'b_two']);
    const some = await app.call<Success<ServiceAccountAnswer[]>>('GET', `${ROOT}?${query}&identifiers=b_two`);
    expect(some.body.data.map(({ identifier }) => identifier)).toEqual(['b_two']);

    const page = (rest: string) =>
      app.call<Success<Page<ServiceAccountAggregate>>>('GET', `${ROOT}/aggregate?${query}&${rest}`);
    const first = await page('pageSize=1&sortOrders=name,ASC');
    expect(first.body.data).toMatchObject({ totalItems: 2, totalPages: 2, pageItemCount: 1, pageIndex: 0 });
    expect(first.body.data.content[0]).toMatchObject({
      serviceAccount: { identifier: 'a_one' },
      tokensCount: 1,
      roleAssignmentsMetadataDTO: [{ managedRole: false, roleName: expect.stringMatching(/^r_/) }],
    });
    expect((await page('searchTerm=TWO')).body.data.content).toMatchObject([
      { serviceAccount: { identifier: 'b_two' } },
    ]);
  });

  it('ends with its keys, tokens and roles, at once and on record', async () => {
    await givenServiceAccount(app, 'ending');
    await givenRights(app, { type: 'SERVICE_ACCOUNT', id: await idOf(app, 'ending') }, ['core_secret_view']);
    const text = await givenToken(app, 'ending', { identifier: 'ending_token' });
    const whoAmI = () => app.call('GET', '/api/whoami', undefined, withToken(text));
    expect(await whoAmI()).toMatchObject({ status: 200, body: { principal: { identifier: 'ending' } } });
    const id = await idOf(app, 'ending');

    expect(await remove('ending')).toMatchObject({ status: 200, body: { data: true } });
    expect(await whoAmI()).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
    const { db } = app.database;
    const left = [
      await db.selectFrom('api_keys').selectAll().where('owner_id', '=', id).execute(),
      await db.selectFrom('role_assignments').selectAll().where('principal_id', '=', id).execute(),
      await db.selectFrom('tokens').selectAll().where('identifier', '=', 'ending_token').execute(),
    ];
    expect(left).toEqual([[], [], []]);
    const events = await eventsOn('ending');
    expect(events.map(({ action, type }) => `${action} ${type}`)).toEqual([
      'CREATE SERVICE_ACCOUNT',
      'DELETE SERVICE_ACCOUNT',
    ]);
    expect(events.at(-1)?.event).toMatchObject({ before: { identifier: 'ending' } });
    expect((await eventsOn('ending_token')).map(({ action }) => action)).toEqual(['CREATE_TOKEN', 'REVOKE_TOKEN']);
  });

  it('keeps the last one that administers the account', async () => {
    const administrator = await app.call<{ principal: { identifier: string } }>('GET', '/api/whoami');
    const answer = await remove(administrator.body.principal.identifier);
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect((await app.call('GET', '/api/whoami', undefined, withToken(ADMIN_KEY))).status).toBe(200);
  });

  it('takes the rights of the scope, which every change is asked for', async () => {
    await givenServiceAccount(app, 'helper');
    const text = await givenToken(app, 'helper');
    const as = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
      app.call<Failure>(method, `${ROOT}${path}`, body, withToken(text));
    await givenRights(app, { type: 'SERVICE_ACCOUNT', id: await idOf(app, 'helper') }, ['core_serviceaccount_view']);
    expect((await as('GET', '/aggregate/helper')).status).toBe(200);
    const denied = { status: 403, body: { code: 'NG_ACCESS_DENIED' } };
    expect(await as('POST', '', serviceAccount('made'))).toMatchObject(denied);
    expect(await as('PUT', '/helper', serviceAccount('helper'))).toMatchObject(denied);
    expect(await as('DELETE', '/helper')).toMatchObject(denied);
  });
});
