import {
  DEFAULT_TOKEN_LIFE_MS,
  NO_EXPIRY,
  type Page,
  type TokenAggregate,
  type Token as TokenAnswer,
  type TokenRequest,
} from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseToken } from '../access/token-text.ts';
import type { Failure, Success } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { apiKey, givenServiceAccount, givenToken, token, withToken } from './testing/api-keys.ts';

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
  const find = async (identifier: string, parent = 'builds') => {
    const [found] = (await list(`${owned(parent)}&identifiers=${identifier}`)).content;
    if (!found) throw new Error(`There is no token ${identifier}.`);
    return found;
  };
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

  it('is told once, in the format of the ecosystem, and only its hash is kept', async () => {
    const answer = await create(token('builds', { identifier: 'once', description: 'd', tags: { a: '' } }));
    expect(answer.status).toBe(200);
    const text = answer.body.data;
    const parts = parseToken(text);
    if (!parts) throw new Error('The answer is no token.');
    expect(parts).toMatchObject({ prefix: 'sat', account: 'default' });
    expect(await app.call('GET', '/api/whoami', undefined, withToken(text))).toMatchObject({
      body: { principal: { type: 'SERVICE_ACCOUNT', identifier: 'builds' }, authentication: 'api-key' },
    });
    const { db } = app.database;
    const kept = [
      await db.selectFrom('tokens').selectAll().execute(),
      await db.selectFrom('audit_events').selectAll().execute(),
      await list(owned('builds')),
    ];
    expect(JSON.stringify(kept)).not.toContain(parts.secret);
    expect(JSON.stringify(kept)).toContain(parts.id);
  });

  it('is listed in the shape of the ecosystem', async () => {
    await create(token('builds', { identifier: 'shaped', description: 'd', tags: { a: 'b' }, validTo: time + HOUR }));
    expect(await find('shaped')).toEqual({
      token: {
        identifier: 'shaped',
        name: 'token',
        description: 'd',
        tags: { a: 'b' },
        accountIdentifier: 'default',
        orgIdentifier: null,
        projectIdentifier: null,
        apiKeyType: 'SERVICE_ACCOUNT',
        parentIdentifier: 'builds',
        apiKeyIdentifier: 'key',
        validFrom: time,
        validTo: time + HOUR,
        scheduledExpireTime: null,
        valid: true,
        email: null,
        username: null,
      },
      expiryAt: time + HOUR,
      createdAt: time,
      lastModifiedAt: time,
      lastUsedAt: null,
    });
  });

  it('lives as asked, as its API key says, 30 days, or without end', async () => {
    const query = 'accountIdentifier=default';
    await app.call(
      'POST',
      `/ng/api/apikey?${query}`,
      apiKey('builds', { identifier: 'short', defaultTimeToExpireToken: HOUR }),
    );
    await create(token('builds', { identifier: 'by_key', apiKeyIdentifier: 'short' }));
    const [byKey] = (await list(owned('builds', 'SERVICE_ACCOUNT', 'short'))).content;
    expect(byKey?.token.validTo).toBe(time + HOUR);
    await create(token('builds', { identifier: 'by_default' }));
    expect((await find('by_default')).token.validTo).toBe(time + DEFAULT_TOKEN_LIFE_MS);
    await create(token('builds', { identifier: 'endless', validTo: NO_EXPIRY }));
    expect(await find('endless')).toMatchObject({ token: { validTo: NO_EXPIRY, valid: true }, expiryAt: NO_EXPIRY });
  });

  it.each<[string, (now: number) => Partial<TokenRequest>]>([
    ['an end that was', (now) => ({ validTo: now - 1 })],
    ['an end before the beginning', (now) => ({ validFrom: now + 2 * HOUR, validTo: now + HOUR })],
    ['an end that no calendar has', () => ({ validTo: 8.64e15 })],
    ['a negative end', () => ({ validTo: -2 })],
  ])('refuses %s', async (_what, life) => {
    const answer = await create(token('builds', { identifier: 'refused', ...life(time) }));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ fieldId: 'validTo' }] } });
  });

  it('opens nothing before its time and after it', async () => {
    const begin = time + HOUR;
    const text = await givenToken(app, 'builds', { identifier: 'timed', validFrom: begin, validTo: begin + HOUR });
    expect(await statusOf(text)).toBe(401);
    time = begin;
    expect(await statusOf(text)).toBe(200);
    time = begin + HOUR - 1;
    expect(await statusOf(text)).toBe(200);
    time = begin + HOUR;
    expect(await app.call('GET', '/api/whoami', undefined, withToken(text))).toMatchObject({
      status: 401,
      body: { code: 'INVALID_TOKEN', message: 'The API key or session has expired.' },
    });
    expect((await find('timed')).token.valid).toBe(false);
  });

  it('ends at once when it is revoked, on record', async () => {
    const text = await givenToken(app, 'builds', { identifier: 'revoked' });
    expect(await statusOf(text)).toBe(200);
    expect((await revoke('revoked', owned('builds'))).status).toBe(200);
    expect(await statusOf(text)).toBe(401);
    expect(await revoke('revoked', owned('builds'))).toMatchObject({ status: 404, body: { code: 'ENTITY_NOT_FOUND' } });
    const events = await app.database.db
      .selectFrom('audit_events')
      .select(['action', 'event'])
      .where('resource_type', '=', 'TOKEN')
      .where('resource_identifier', '=', 'revoked')
      .orderBy('seq')
      .execute();
    expect(events.map(({ action }) => action)).toEqual(['CREATE_TOKEN', 'REVOKE_TOKEN']);
    expect(JSON.parse(events[1]?.event ?? '')).toMatchObject({
      before: { identifier: 'revoked', id: parseToken(text)?.id },
      details: { apiKey: 'key', ownerType: 'SERVICE_ACCOUNT' },
    });
  });

  it('is changed without a new text; what is left out stays', async () => {
    const text = await givenToken(app, 'builds', { identifier: 'changing', validTo: time + HOUR });
    const renamed = await update('changing', { name: 'renamed' });
    expect(renamed.body.data).toMatchObject({ name: 'renamed', validTo: time + HOUR });
    // As Terraform sends it: all that it was told, and what is not set as "".
    const echo = { ...renamed.body.data, orgIdentifier: '', projectIdentifier: '', email: '', username: '' };
    expect((await update('changing', { ...echo, validTo: time + 2 * HOUR })).body.data.validTo).toBe(time + 2 * HOUR);
    expect(await statusOf(text)).toBe(200);
    expect((await update('nowhere', {})).body.code).toBe('INVALID_REQUEST');
  });

  it('is rotated: the new one at once, the old one for as long as was said', async () => {
    const first = await givenToken(app, 'builds', { identifier: 'rotated', validTo: time + 10 * HOUR });
    const answer = await rotate('rotated', `${owned('builds')}&rotateTimestamp=${time + HOUR}`);
    expect(answer.status).toBe(200);
    const second = answer.body.data;
    expect(second).not.toBe(first);
    expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);
    const { content } = await list(`${owned('builds')}&searchTerm=rotated`);
    const retired = content.find(({ token }) => token.identifier.startsWith('rotated_rotated_'));
    expect(retired).toMatchObject({ token: { scheduledExpireTime: time + HOUR }, expiryAt: time + HOUR });
    expect((await find('rotated')).token).toMatchObject({ validTo: time + 10 * HOUR, scheduledExpireTime: null });

    // A second rotation of the old one does not prolong it.
    const again = `${owned('builds')}&rotateTimestamp=${time + 5 * HOUR}`;
    expect((await rotate(retired?.token.identifier ?? '', again)).status).toBe(200);
    time += HOUR;
    expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200]);
  });

  it('is rotated at once where no time is given', async () => {
    const first = await givenToken(app, 'builds', { identifier: 'swapped' });
    const { body } = await rotate('swapped', owned('builds'));
    expect([await statusOf(first), await statusOf(body.data)]).toEqual([401, 200]);
    expect(await rotate('swapped', `${owned('builds')}&rotateTimestamp=${time - 1}`)).toMatchObject({
      status: 400,
      body: { errors: [{ fieldId: 'rotateTimestamp' }] },
    });
  });

  it('tells when it was last used, at the latest when the server has stopped', async () => {
    const stopping = await startTestApp(engine, { now: () => new Date(time) });
    await givenServiceAccount(stopping, 'user');
    const text = await givenToken(stopping, 'user');
    await stopping.call('GET', '/api/whoami', undefined, withToken(text));
    await stopping.app.close();
    const query = stopping.database.db.selectFrom('tokens').select('last_used_at');
    const row = await query.where('id', '=', parseToken(text)?.id ?? '').executeTakeFirst();
    await stopping.close();
    expect(row?.last_used_at).toBe(new Date(time).toISOString());
  });
});
