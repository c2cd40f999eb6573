import { afterEach, expect, it } from 'vitest';
import { ADMIN_KEY, startTestApp, type TestApp } from '../test-support/test-app.ts';

let testApp: TestApp;
afterEach(() => testApp.close());

const headersOf = async (url: string, headers = {}) =>
  (await testApp.app.inject({ url, headers: { 'x-api-key': ADMIN_KEY, ...headers } })).headers;

it.each([
  ['http://127.0.0.1:8080', undefined],
  ['https://secrets.example.com', 'max-age=31536000'],
  ['https://localhost:8443', undefined],
])('browsers are told to stay with TLS where it leads here: %s', async (WARDLINE_PUBLIC_URL, expected) => {
  testApp = await startTestApp('sqlite', { env: { WARDLINE_PUBLIC_URL } });
  expect((await headersOf('/api/settings'))['strict-transport-security']).toBe(expected);
  expect((await headersOf('/'))['strict-transport-security']).toBe(expected);
});

it('answers of the API are kept by nobody, refused or not, and the public keys of the issuer for a while', async () => {
  testApp = await startTestApp('sqlite');
  for (const url of [
    '/api/settings',
    '/ng/api/connectors',
    '/ng/api/connectors?pageSize=x',
    '/api/nothing',
    '/api/docs',
    '/authz/api/roles',
    '/audit/api/auditYaml?auditId=none',
    '/audit/api/nothing',
    // The router decodes it.
    '/%61pi/settings',
  ]) {
    expect((await headersOf(url))['cache-control'], url).toBe('no-store');
  }
  const unknown = await headersOf('/api/settings', { 'x-api-key': 'sat.default.x.unknown' });
  expect(unknown['cache-control']).toBe('no-store');
  const keys = await headersOf('/ng/api/oidc/account/default/.well-known/openid-configuration');
  expect(keys['cache-control']).toContain('public');
});

it('every answer names its request, by an id of this server alone', async () => {
  testApp = await startTestApp('sqlite');
  const chosen = { 'x-request-id': 'chosen-by-the-client', 'request-id': 'chosen-by-the-client' };
  const ids = [];
  for (const url of ['/api/settings', '/ng/api/nothing', '/health', '/', '/ng/api/%zz']) {
    const headers = await headersOf(url, chosen);
    expect(headers['x-request-id'], url).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    ids.push(headers['x-request-id']);
  }
  expect(new Set(ids).size).toBe(ids.length);
  const refused = await testApp.app.inject({ url: '/ng/api/nothing', headers: chosen });
  expect(refused.json().correlationId).toBe(refused.headers['x-request-id']);
});
