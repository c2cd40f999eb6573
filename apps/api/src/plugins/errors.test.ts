import { apiErrorSchema, ERROR_CODES } from '@wardline/contracts';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp('sqlite');
});
afterAll(() => testApp.close());

const CONNECTORS = '/ng/api/connectors';
const json = { 'content-type': 'application/json' };

async function answerTo(request: InjectOptions) {
  const response = await testApp.inject(request);
  return { status: response.statusCode, headers: response.headers, body: apiErrorSchema.parse(response.json()) };
}

describe('a request that cannot be served', () => {
  it.each<[string, InjectOptions, number, string, RegExp]>([
    ['an unknown path', { url: '/api/nothing' }, 404, 'ENTITY_NOT_FOUND', /GET \/api\/nothing/],
    ['a method that a path lacks', { method: 'PATCH', url: CONNECTORS }, 400, 'INVALID_REQUEST', /no PATCH/],
    [
      'an unknown path asked for its options',
      { method: 'OPTIONS', url: CONNECTORS },
      400,
      'INVALID_REQUEST',
      /OPTIONS/,
    ],
    ['a malformed escape', { url: `${CONNECTORS}/%zz` }, 400, 'INVALID_REQUEST', /URL is malformed/],
    ['an ID longer than any', { url: `${CONNECTORS}/${'a'.repeat(5000)}` }, 400, 'INVALID_REQUEST', /There is no GET/],
    [
      'broken JSON',
      { method: 'POST', url: CONNECTORS, headers: json, payload: '{' },
      400,
      'INVALID_REQUEST',
      /not valid JSON/,
    ],
    [
      'an empty body',
      { method: 'POST', url: CONNECTORS, headers: json, payload: '' },
      400,
      'INVALID_REQUEST',
      /body: Send a body/,
    ],
    ['no body at all', { method: 'POST', url: CONNECTORS }, 400, 'INVALID_REQUEST', /body: Send a body/],
    [
      'a body that is a list',
      { method: 'POST', url: CONNECTORS, headers: json, payload: '[]' },
      400,
      'INVALID_REQUEST',
      /^(body|connector): /,
    ],
    [
      'a body of another type',
      { method: 'POST', url: CONNECTORS, headers: { 'content-type': 'text/plain' }, payload: 'x' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      /application\/json/,
    ],
    [
      'a body that is too large',
      { method: 'POST', url: CONNECTORS, headers: json, payload: `"${'x'.repeat(2 ** 21)}"` },
      413,
      'PAYLOAD_TOO_LARGE',
      /too large/,
    ],
    [
      'a parameter given twice',
      { url: `${CONNECTORS}/stats?orgIdentifier=a&orgIdentifier=b` },
      400,
      'INVALID_REQUEST',
      /^orgIdentifier: /,
    ],
    [
      'a character that cannot be stored',
      { url: `${CONNECTORS}/a%00` },
      400,
      'INVALID_REQUEST',
      /^identifier: .*U\+0000/,
    ],
  ])('gets an answer of the catalogue: %s', async (_what, request, status, code, message) => {
    const answer = await answerTo(request);
    expect(answer.body.message).toMatch(message);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(ERROR_CODES[answer.body.code].httpStatus).toBe(status);
  });
});

it('does not let a kind of entity that the server has not look like an entity that is gone', async () => {
  const { status, body } = await answerTo({ url: '/ng/api/organizations/o1?accountIdentifier=default' });
  expect([status, body.code]).toEqual([400, 'INVALID_REQUEST']);
  expect(body).toMatchObject({
    message: 'There is no GET /ng/api/organizations/o1.',
    responseMessages: [{ code: 'HINT', message: expect.stringContaining('/api/docs') }, { code: 'INVALID_REQUEST' }],
  });
});

describe('a refusal', () => {
  it('has the body with field errors where fields are wrong, and the one with response messages elsewhere', async () => {
    const fields = await answerTo({ url: `${CONNECTORS}?pageSize=0` });
    expect(fields.body).toMatchObject({ status: 'FAILURE', errors: [{ fieldId: 'pageSize' }] });
    const other = await answerTo({ method: 'DELETE', url: `${CONNECTORS}/nowhere` });
    expect(other.body).toMatchObject({
      status: 'ERROR',
      code: 'INVALID_REQUEST',
      responseMessages: [{ code: 'INVALID_REQUEST', level: 'ERROR', message: other.body.message }],
    });
  });

  it.each([
    [`${CONNECTORS}/catalogue?accountIdentifier=other`, 'accountIdentifier'],
    ['/api/awshelper/aws-regions?accountId=other', 'accountId'],
    ['/api/setup/delegates/v2/up-the-hierarchy?accountId=other', 'accountId'],
    ['/api/setup/delegates/v2/up-the-hierarchy?projectId=p1', 'orgId'],
    ['/api/setup/delegates/delegate-selectors-up-the-hierarchy?accountId=other', 'accountId'],
    ['/ng/api/delegate-setup/listDelegates?accountIdentifier=other', 'accountIdentifier'],
  ])('meets another account, and a project without its organization, at %s', async (url, fieldId) => {
    const answer = await answerTo({ method: url.includes('listDelegates') ? 'POST' : 'GET', url });
    expect([answer.status, answer.body]).toMatchObject([400, { errors: [{ fieldId }] }]);
  });
});

describe('every answer', () => {
  it.each(['/health', '/ng/api/nothing', `${CONNECTORS}?pageSize=x`, '/api/settings', '/'])(
    'tells browsers to guess, frame and share nothing: %s',
    async (url) => {
      const { headers } = await testApp.inject({ url });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      });
      expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers).not.toHaveProperty('server');
    },
  );

  it('has no body where only the head was asked for', async () => {
    const answer = await testApp.inject({ method: 'HEAD', url: '/api/settings' });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
  });
});

describe('a body that may be left out', () => {
  it.each([`${CONNECTORS}/listV2`, '/ng/api/v2/secrets/list', '/ng/api/delegate-setup/listDelegates'])(
    'may be empty under the type of JSON, as the Go client sends it: %s',
    async (url) => {
      const answer = await testApp.inject({ method: 'POST', url, headers: json, payload: '' });
      expect(answer.statusCode).toBe(200);
    },
  );
});
