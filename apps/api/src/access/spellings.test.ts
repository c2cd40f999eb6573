import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenProgramWith, type Proof } from '../test-support/principals.ts';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';
import { ROUTE_SAMPLES, samplePath } from './route-samples.ts';

const OWN = { orgIdentifier: 'own', projectIdentifier: 'own' };
/** A scope as either family of routes spells it. */
const SPELLINGS = ['orgIdentifier=own&projectIdentifier=own', 'orgId=own&projectId=own'] as const;

let app: TestApp;
let proof: Proof;
beforeAll(async () => {
  app = await startTestApp('sqlite', { env: { WARDLINE_RATE_LIMITS: 'off' } });
  proof = await givenProgramWith(app, 'of_project', [{ role: '_account_admin', at: OWN }]);
});
afterAll(() => app.close());

/** Routes whose scope is in their query, by method and pattern. */
const scopedRoutes = () =>
  app.app.guardedRoutes.flatMap(({ method, url, config }) =>
    config?.access?.kind === 'permission' ? [method].flat().map((one) => ({ method: one, url })) : [],
  );

/** A route must act at the scope whose rights were asked for: a spelling that it does not read is no scope. */
it('no route takes a right at the scope of one spelling, and acts at the account because it reads the other', async () => {
  const confused: string[] = [];
  let asked = 0;
  for (const { method, url } of scopedRoutes()) {
    const { query, body } = ROUTE_SAMPLES[`${method} ${url.replace(/(.)\/$/, '$1')}`] ?? {};
    // What names its scope in the body is asked about in the matrix.
    if (method === 'HEAD' || body?.(OWN) !== undefined) continue;
    const statuses: number[] = [];
    for (const spelling of SPELLINGS) {
      const sent = `${samplePath(url)}?${new URLSearchParams(query)}&${spelling}`;
      const answer = await app.app.inject({ method: method as 'GET', url: sent, headers: proof });
      statuses.push(answer.statusCode);
    }
    asked += 1;
    // One of the two is read, or none where the route is about the account.
    if (!statuses.includes(403)) confused.push(`${method} ${url}: ${statuses.join(', ')}`);
  }
  expect(confused).toEqual([]);
  expect(asked).toBeGreaterThan(25);
});

it('asking for the head of an answer takes the same as asking for all of it', async () => {
  const open: string[] = [];
  let asked = 0;
  for (const { method, url, config } of app.app.guardedRoutes) {
    if (![method].flat().includes('HEAD') || config?.access?.kind === 'public') continue;
    asked += 1;
    const remoteAddress = `10.0.${asked >> 8}.${asked & 255}`;
    const { statusCode } = await app.app.inject({ method: 'HEAD', url: samplePath(url), remoteAddress });
    if (statusCode !== 401) open.push(`HEAD ${url}: ${statusCode}`);
  }
  expect(open).toEqual([]);
  expect(asked).toBeGreaterThan(25);
});
