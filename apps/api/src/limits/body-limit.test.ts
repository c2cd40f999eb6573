import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN_KEY, startTestApp, type TestApp } from '../test-support/test-app.ts';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp('sqlite');
});
afterAll(() => testApp.close());

const headers = { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' };
const KB = 1024;

it.each([
  ['POST', '/ng/api/v2/secrets', 2047, 400],
  ['POST', '/ng/api/v2/secrets', 2049, 413],
  ['PUT', '/ng/api/v2/secrets/one', 2047, 400],
  ['PUT', '/ng/api/v2/secrets/one', 2049, 413],
  ['POST', '/ng/api/v2/secrets/list', 255, 400],
  ['POST', '/ng/api/v2/secrets/list', 257, 413],
  ['POST', '/ng/api/connectors', 255, 400],
  ['POST', '/ng/api/connectors', 257, 413],
  ['POST', '/api/connectors/test', 257, 413],
  ['POST', '/ng/api/connectors/testConnection/one', 257, 413],
] as const)('a body of %s %s may have %i kB: %i', async (method, url, kilobytes, status) => {
  const payload = JSON.stringify('x'.repeat(kilobytes * KB));
  expect((await testApp.app.inject({ method, url, headers, payload })).statusCode).toBe(status);
});
