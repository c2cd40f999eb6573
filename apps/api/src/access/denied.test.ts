import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditLog } from '../identity/testing/browser.ts';
import { scopeQuery } from '../test-support/fixtures.ts';
import { givenProgram, givenProgramWith, givenRole, type Proof } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const PROJECT = { orgIdentifier: 'o1', projectIdentifier: 'p1' };

describeEachEngine((engine) => {
  let app: TestApp;
  let proof: Proof;
  beforeAll(async () => {
    app = await startTestApp(engine);
    proof = await givenProgram(app, 'curious');
  });
  afterAll(() => app.close());

  /** What the refusals of a request put on record. */
  async function refused(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, headers = proof) {
    const before = (await auditLog(app)).length;
    const answer = await app.app.inject({
      method,
      url,
      headers,
      remoteAddress: '192.0.2.7',
      ...(payload && { payload }),
    });
    expect(answer.statusCode).toBe(403);
    return { events: (await auditLog(app)).slice(before), id: answer.json().correlationId };
  }

  it('a refusal is on record: who, from where, for want of which right, on which entity, by which request', async () => {
    const { events, id } = await refused('GET', `/ng/api/v2/secrets/db_password?${scopeQuery(PROJECT)}`);
    expect(events).toMatchObject([
      {
        action: 'ACCESS_DENIED',
        outcome: 'DENIED',
        principal: { type: 'SERVICE_ACCOUNT', identifier: 'curious' },
        authentication: { method: 'api-key' },
        address: '192.0.2.7',
        resource: { type: 'SECRET', identifier: 'db_password' },
        place: PROJECT,
        details: { permission: 'core_secret_view' },
        requestId: id,
        request: { method: 'GET', path: '/ng/api/v2/secrets/:identifier' },
      },
    ]);
  });

  it.each([
    ['DELETE', '/authz/api/roleassignments/of_ada', { type: 'ROLE_ASSIGNMENT', identifier: 'of_ada' }],
    ['DELETE', '/api/delegates/eu-vpc', { type: 'DELEGATE', identifier: 'eu-vpc' }],
    [
      'DELETE',
      '/api/users/0190aaaa-0000-7000-8000-000000000000',
      { type: 'USER', identifier: '0190aaaa-0000-7000-8000-000000000000' },
    ],
    ['POST', '/ng/api/connectors/listV2', { type: 'CONNECTOR', identifier: '' }],
    // Not an ID: a key that someone pasted there.
    ['DELETE', '/ng/api/v2/secrets/sat.default.pasted.0123456789abcdefghij', { type: 'SECRET', identifier: '' }],
  ] as const)('%s %s is about %o', async (method, url, resource) => {
    const { events } = await refused(method, url);
    expect(events).toMatchObject([{ resource }]);
    expect(JSON.stringify(events)).not.toContain('pasted');
  });

  it('names nothing where the right is another than that of the route', async () => {
    await givenRole(app, 'manager', ['core_usergroup_manage', 'core_role_edit'], PROJECT);
    const manager = await givenProgramWith(app, 'manager', [{ role: 'manager', at: PROJECT }]);
    const body = { roleIdentifier: '_secrets_reader', principal: { type: 'SERVICE_ACCOUNT', identifier: 'x' } };
    const url = `/authz/api/roleassignments?${scopeQuery(PROJECT)}`;
    const { events } = await refused('POST', url, body, manager);
    expect(events).toMatchObject([
      { resource: { type: 'SECRET', identifier: '' }, place: PROJECT, details: { permission: 'core_secret_view' } },
    ]);
  });
});
