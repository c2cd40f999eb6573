import {
  NO_EXPIRY,
  type Page,
  type TokenAggregate,
  type Token as TokenAnswer,
  type TokenRequest,
} from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Failure, Success } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import {
  givenPerson,
  givenRights,
  givenServiceAccount,
  givenToken,
  idOf,
  token,
  withToken,
} from './testing/api-keys.ts';

const ROOT = '/ng/api/token';
const HOUR = 3_600_000;

type Text = Success<string> & Failure;
type Headers = Record<string, string>;

describeEachEngine((engine) => {
  let app: TestApp;
  let time = Date.now();
  beforeAll(async () => {
    app = await startTestApp(engine, { now: () => new Date(time) });
    await givenServiceAccount(app, 'builds');
  });
  afterAll(() => app.close());

  const create = (body: unknown, headers?: Headers) =>
    app.call<Text>('POST', `${ROOT}?accountIdentifier=default`, body, headers);
  const owned = (parent: string, type = 'SERVICE_ACCOUNT', key = 'key') =>
    `accountIdentifier=default&apiKeyType=${type}&parentIdentifier=${parent}&apiKeyIdentifier=${key}`;
  const list = async (query: string, headers?: Headers) =>
    (await app.call<Success<Page<TokenAggregate>>>('GET', `${ROOT}/aggregate?${query}`, undefined, headers)).body.data;
  const rotate = (identifier: string, query: string, headers?: Headers) =>
    app.call<Text>('POST', `${ROOT}/rotate/${identifier}?${query}`, undefined, headers);
  const revoke = (identifier: string, query: string, headers?: Headers) =>
    app.call<Failure>('DELETE', `${ROOT}/${identifier}?${query}`, undefined, headers);
  const update = (identifier: string, changes: Partial<TokenRequest>, headers?: Headers) =>
    app.call<Success<TokenAnswer> & Failure>(
      'PUT',
      `${ROOT}/${identifier}?accountIdentifier=default`,
      { ...token('builds', { identifier }), ...changes },
      headers,
    );
  const statusOf = async (text: string) => (await app.call('GET', '/api/whoami', undefined, withToken(text))).status;

  it('carries exactly the rights of its owner, as they are now', async () => {
    await givenServiceAccount(app, 'carrier');
    const text = await givenToken(app, 'carrier');
    const secrets = async () => (await app.call('GET', '/ng/api/v2/secrets', undefined, withToken(text))).status;
    expect(await secrets()).toBe(403);
    await givenRights(app, { type: 'SERVICE_ACCOUNT', id: await idOf(app, 'carrier') }, ['core_secret_view']);
    expect(await secrets()).toBe(200);
  });

  it('can’t be made, prolonged or rotated for a service account that may do more than the caller', async () => {
    const person = await givenPerson(app, 'climber@example.com');
    const as = withToken(person.text);
    await givenRights(app, { type: 'USER', id: person.id }, ['core_serviceaccount_manageapikey']);
    await givenServiceAccount(app, 'stronger');
    const text = await givenToken(app, 'stronger', { validTo: time + HOUR });
    await givenRights(app, { type: 'SERVICE_ACCOUNT', id: await idOf(app, 'stronger') }, ['core_secret_access']);
    const refused = { status: 403, body: { failedPermissionChecks: [{ permission: 'core_secret_access' }] } };
    expect(await create(token('stronger', { identifier: 'another' }), as)).toMatchObject(refused);
    expect(await rotate('token', owned('stronger'), as)).toMatchObject(refused);
    const longer = { ...token('stronger'), validTo: time + 2 * HOUR };
    expect(await update('token', longer, as)).toMatchObject(refused);
    expect((await update('token', { ...token('stronger'), name: 'renamed' }, as)).status).toBe(200);
    expect((await revoke('token', owned('stronger'), as)).status).toBe(200);
    expect(await statusOf(text)).toBe(401);
  });

  it('of a person can’t make its person’s access longer than its own life', async () => {
    const end = time + HOUR;
    const person = await givenPerson(app, 'short@example.com', { validTo: new Date(end).toISOString() });
    const as = withToken(person.text);
    const own = (changes: Partial<TokenRequest>) =>
      token(person.id, { apiKeyType: 'USER', apiKeyIdentifier: 'first', ...changes });
    const query = owned(person.id, 'USER', 'first');
    const tooLong = { status: 400, body: { errors: [{ fieldId: 'validTo' }] } };
    expect(await create(own({ identifier: 'longer', validTo: end + 1 }), as)).toMatchObject(tooLong);
    expect(await create(own({ identifier: 'endless', validTo: NO_EXPIRY }), as)).toMatchObject(tooLong);
    expect(await update('first', own({ identifier: 'first', validTo: end + 1 }), as)).toMatchObject(tooLong);
    expect((await create(own({ identifier: 'same', validTo: end }), as)).body.data).toMatch(/^pat\./);
    expect((await create(own({ identifier: 'implied' }), as)).status).toBe(200);
    time += HOUR / 2;
    expect((await rotate('same', query, as)).status).toBe(200);
    const ends = (await list(query, as)).content.map(({ expiryAt }) => expiryAt);
    expect(ends).toHaveLength(3);
    expect(Math.max(...ends)).toBe(end);
  });

  it('of a service account can’t make its own access longer either, but makes tokens for others as it may', async () => {
    await givenServiceAccount(app, 'deployer');
    await givenServiceAccount(app, 'worker');
    const id = await idOf(app, 'deployer');
    await givenRights(app, { type: 'SERVICE_ACCOUNT', id }, ['core_serviceaccount_manageapikey']);
    const end = time + HOUR;
    const as = withToken(await givenToken(app, 'deployer', { validTo: end }));
    const later = { identifier: 'later', validTo: end + HOUR };
    expect(await create(token('deployer', later), as)).toMatchObject({ body: { errors: [{ fieldId: 'validTo' }] } });
    expect((await create(token('worker', later), as)).status).toBe(200);
  });
});
