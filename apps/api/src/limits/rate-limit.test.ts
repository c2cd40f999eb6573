import { errorBodySchema } from '@wardline/contracts';
import type { InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { givenServiceAccount, givenToken, withToken } from '../api-keys/testing/api-keys.ts';
import { loadConfig } from '../config.ts';
import { ADMIN_KEY, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { rateClassOf } from './route-class.ts';

let testApp: TestApp | undefined;
afterEach(() => testApp?.close());

const asAdmin = { 'x-api-key': ADMIN_KEY };

async function statuses(n: number, request: InjectOptions): Promise<number[]> {
  const found = [];
  for (let i = 0; i < n; i += 1) found.push((await testApp?.app.inject(request))?.statusCode ?? 0);
  return found;
}

describe('a client that asks too often', () => {
  it('is told to wait, in the body of the catalogue, and other classes of requests go on', async () => {
    testApp = await startTestApp('sqlite', { env: { WARDLINE_RATE_LIMITS: 'writing=2' } });
    const write: InjectOptions = { method: 'POST', url: '/ng/api/v2/secrets', headers: asAdmin };
    expect(await statuses(3, write)).toEqual([400, 400, 429]);
    const refused = await testApp.app.inject(write);
    expect(refused.headers['retry-after']).toBe('30');
    expect(errorBodySchema.parse(refused.json())).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: 'There were too many writing requests within a minute. Try again in 30 s.',
    });
    expect(await statuses(1, { url: '/api/settings', headers: asAdmin })).toEqual([200]);
    expect(await statuses(1, { method: 'POST', url: '/ng/api/v2/secrets/list', headers: asAdmin })).toEqual([200]);
  });

  it('is whoever sends the request, not the address it comes from', async () => {
    testApp = await startTestApp('sqlite', { env: { WARDLINE_RATE_LIMITS: 'reading=2' } });
    await givenServiceAccount(testApp, 'other');
    const other = withToken(await givenToken(testApp, 'other'));
    const url = '/api/whoami';
    expect(await statuses(3, { url, headers: asAdmin, remoteAddress: '203.0.113.9' })).toEqual([200, 200, 429]);
    expect(await statuses(1, { url, headers: asAdmin, remoteAddress: '203.0.113.10' })).toEqual([429]);
    expect(await statuses(1, { url, headers: other, remoteAddress: '203.0.113.9' })).toEqual([200]);
  });

  it('is an address where nobody is signed in, and a network of IPv6 is one address', async () => {
    testApp = await startTestApp('sqlite', { env: { WARDLINE_RATE_LIMITS: 'reading=2' } });
    const url = '/ng/api/oidc/account/default/.well-known/openid-configuration';
    expect(await statuses(3, { url, remoteAddress: '2001:db8::1' })).toEqual([200, 200, 429]);
    expect(await statuses(1, { url, remoteAddress: '2001:db8::ffff:2' })).toEqual([429]);
    expect(await statuses(1, { url, remoteAddress: '2001:db8:0:1::1' })).toEqual([200]);
  });

  it('is never a load balancer that asks for the health, or a browser that loads pages', async () => {
    testApp = await startTestApp('sqlite', { env: { WARDLINE_RATE_LIMITS: 'reading=1' } });
    expect(new Set(await statuses(20, { url: '/health' }))).toEqual(new Set([200]));
    expect(await statuses(20, { url: '/settings' })).not.toContain(429);
  });

  it('is nobody where the limits are off', async () => {
    testApp = await startTestApp('sqlite', { env: { WARDLINE_RATE_LIMITS: 'off' } });
    expect(testApp.deps.config.rateLimits).toBeUndefined();
    expect(await statuses(2, { url: '/api/whoami', headers: asAdmin })).toEqual([200, 200]);
  });
});

describe('what a request counts as', () => {
  it.each([
    ['GET', '/ng/api/connectors/:identifier', 'reading'],
    ['HEAD', '/api/settings', 'reading'],
    ['POST', '/ng/api/connectors', 'writing'],
    ['DELETE', '/ng/api/v2/secrets/:identifier', 'writing'],
    ['POST', '/ng/api/connectors/testConnection/:identifier', 'testing'],
    ['POST', '/api/connectors/test', 'testing'],
    ['POST', '/api/auth/sign-in', 'signing-in'],
    ['GET', '/api/auth/sso/callback', 'signing-in'],
    ['HEAD', '/api/auth/sso/callback', 'signing-in'],
    ['GET', '/api/auth/sso/start', 'reading'],
    ['POST', '/ng/api/connectors/listV2', 'reading'],
    ['POST', '/audit/api/audits/list', 'reading'],
    ['GET', '/health', 'none'],
    ['GET', '/*', 'none'],
  ])('%s %s: %s', (method, url, rateClass) => {
    expect(rateClassOf(method, url)).toBe(rateClass);
  });
});

describe('WARDLINE_RATE_LIMITS', () => {
  it('changes the classes that it names', () => {
    const { rateLimits } = loadConfig({ WARDLINE_RATE_LIMITS: 'testing=600, signing-in=5' });
    expect(rateLimits).toMatchObject({ testing: { perMinute: 600 }, 'signing-in': { perMinute: 5 } });
    expect(rateLimits?.reading).toEqual(loadConfig({}).rateLimits?.reading);
  });

  it('allows what Terraform needs for a thousand resources', () => {
    const { rateLimits } = loadConfig({});
    expect(rateLimits?.writing.perMinute).toBeGreaterThan(2 * 1000);
    expect(rateLimits?.reading.perMinute).toBeGreaterThan(6 * 1000);
  });

  it.each(['on', 'reading', 'reading=0', 'reading=-1', 'reading=many', 'unknown=5', 'reading=5;writing=5'])(
    'is refused where it cannot be understood: %s',
    (WARDLINE_RATE_LIMITS) => {
      expect(() => loadConfig({ WARDLINE_RATE_LIMITS })).toThrow(/WARDLINE_RATE_LIMITS: is off, or requests a minute/);
    },
  );
});
