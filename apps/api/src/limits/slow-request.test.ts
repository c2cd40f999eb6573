import { afterEach, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';

let testApp: TestApp;
afterEach(() => testApp.close());

/** Node looks after it by itself, every half minute, so that a test of it would take as long. */
it('a client has a minute to send a request, whoever it is', async () => {
  testApp = await startTestApp('sqlite');
  const { server } = testApp.app;
  expect(server.requestTimeout).toBe(60_000);
  expect(server.headersTimeout).toBeGreaterThan(0);
  expect(server.headersTimeout).toBeLessThanOrEqual(60_000);
});
