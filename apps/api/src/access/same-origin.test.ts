import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLog, type Browser, givenAda } from '../identity/testing/browser.ts';
import { ADMIN, givenUser } from '../test-support/principals.ts';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';
import { samplePath } from './route-samples.ts';

const OWN = 'http://127.0.0.1:8080';
const RENAME = { method: 'PUT', url: '/api/auth/profile', payload: { name: 'Ada' } } as const;

let app: TestApp;
let ada: Browser;
beforeAll(async () => {
  app = await startTestApp('sqlite', { env: { WARDLINE_TRUST_PROXY: '10.0.0.7' } });
  ada = await givenAda(app);
});
afterAll(() => app.close());

const change = async (headers: Record<string, string>, remoteAddress = '192.0.2.1') =>
  (await app.app.inject({ ...RENAME, headers: { cookie: ada.cookie, ...headers }, remoteAddress })).statusCode;

describe('a change with the cookie of a session', () => {
  it.each<[string, Record<string, string>]>([
    ['the public URL', { origin: OWN }],
    ['the host that was asked', { host: 'wardline.internal:8080', origin: 'http://wardline.internal:8080' }],
    ['this origin, says a browser that sends no Origin', { 'sec-fetch-site': 'same-origin' }],
  ])('is made from a page of %s', async (_where, headers) => {
    expect(await change(headers)).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port of this host', { origin: 'http://127.0.0.1:9090', 'sec-fetch-site': 'same-site' }],
    ['another protocol', { origin: 'https://127.0.0.1:8080' }],
    ['a sandbox', { origin: 'null' }],
    [
      'another origin that claims to be this one in the other header',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ],
    ['a neighbour, says the browser', { 'sec-fetch-site': 'same-site' }],
    ['nowhere that is told', {}],
    [
      'another site, which claims a host in a header of proxies',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    ],
  ])('is refused from %s, on record, and changes nothing', async (_where, headers) => {
    const before = await auditLog(app);
    expect(await change(headers)).toBe(403);
    const added = (await auditLog(app)).slice(before.length);
    // The first is an event at once; those that follow are counted.
    for (const event of added) expect(event).toMatchObject({ action: 'ACCESS_DENIED', outcome: 'DENIED' });
  });

  it('is made behind a proxy from the host that the proxy was asked for', async () => {
    const forwarded = { 'x-forwarded-host': 'secrets.example.com', 'x-forwarded-proto': 'https' };
    expect(await change({ ...forwarded, origin: 'https://secrets.example.com' }, '10.0.0.7')).toBe(200);
    expect(await change({ ...forwarded, origin: 'https://evil.example' }, '10.0.0.7')).toBe(403);
  });

  it('is refused on every route that changes something', async () => {
    const open: string[] = [];
    let asked = 0;
    for (const { method, url, config } of app.app.guardedRoutes) {
      for (const one of [method].flat()) {
        if (one === 'GET' || one === 'HEAD' || config?.access?.kind === 'public') continue;
        asked += 1;
        const answer = await app.app.inject({
          method: one as 'POST',
          url: samplePath(url),
          headers: { cookie: ada.cookie, origin: 'https://evil.example' },
        });
        if (answer.statusCode !== 403) open.push(`${one} ${url}: ${answer.statusCode}`);
      }
    }
    expect(open).toEqual([]);
    expect(asked).toBeGreaterThan(50);
  });
});

it('reading with a cookie, and changing with an API key, are not asked where they come from', async () => {
  const evil = { origin: 'https://evil.example' };
  const { proof } = await givenUser(app, 'grace@example.com');
  expect((await app.app.inject({ url: '/api/whoami', headers: { ...evil, cookie: ada.cookie } })).statusCode).toBe(200);
  expect((await app.app.inject({ ...RENAME, headers: { ...evil, ...proof } })).statusCode).toBe(200);
  // With both, the key counts, which no page of another origin has.
  const both = { ...evil, ...ADMIN, cookie: ada.cookie };
  expect((await app.app.inject({ url: '/api/whoami', headers: both })).json().authentication).toBe('api-key');
});
