import type { DelegateTokenDetails } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenProgramWith, givenRole, givenUser } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const PATH = '/ng/api/delegate-token-ng?accountIdentifier=default';
let app: TestApp;

interface Rest<T> {
  readonly resource: T;
}

const create = (name: string, more = '') =>
  app.call<Rest<DelegateTokenDetails>>('POST', `${PATH}&tokenName=${encodeURIComponent(name)}${more}`);
const list = (more = '') => app.call<Rest<DelegateTokenDetails[]>>('GET', PATH + more);

describeEachEngine((engine) => {
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  it('gives a new token with its value, in base64, and keeps the value encrypted', async () => {
    const { status, body } = await create('first');
    expect(status).toBe(200);
    expect(body.resource).toMatchObject({ name: 'first', status: 'ACTIVE', accountId: 'default', revokeAfter: null });
    const { value } = body.resource;
    expect(Buffer.from(value ?? '', 'base64')).toHaveLength(32);
    const rows = await app.database.db.selectFrom('delegate_tokens').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(value);
    expect((await list('&name=first')).body.resource).toMatchObject([{ name: 'first', value }]);
  });

  it('revokes by name, after which the value is shown to nobody and the name stays taken', async () => {
    await create('short lived');
    const revoked = await app.call<Rest<DelegateTokenDetails>>('PUT', `${PATH}&tokenName=short%20lived`);
    expect(revoked.body.resource).toMatchObject({ status: 'REVOKED', value: null });
    expect((await list('&status=REVOKED')).body.resource).toMatchObject([{ name: 'short lived', value: null }]);
    const again = await create('short lived');
    expect([again.status, again.body]).toMatchObject([400, { code: 'INVALID_REQUEST' }]);
  });

  it('ends a token by itself at its time', async () => {
    const later = Date.now() + 3_600_000;
    expect((await create('for an hour', `&revokeAfter=${later}`)).body.resource).toMatchObject({
      status: 'ACTIVE',
      revokeAfter: later,
    });
    expect((await create('too late', '&revokeAfter=1')).body.resource).toMatchObject({ status: 'REVOKED' });
  });

  it('says who made it, as the ecosystem does', async () => {
    await givenRole(app, 'maker', ['core_delegate_edit', 'core_secret_access']);
    const program = await givenProgramWith(app, 'pipeline', [{ role: 'maker' }]);
    const { id, proof: person } = await givenUser(app, 'ada@example.com');
    const assigned = await app.call('POST', '/authz/api/roleassignments?accountIdentifier=default', {
      roleIdentifier: 'maker',
      principal: { type: 'USER', identifier: id },
    });
    expect(assigned.status).toBe(200);
    for (const [name, proof, createdByNgUser] of [
      ['by a program', program, { type: 'SERVICE_ACCOUNT', name: 'pipeline' }],
      ['by a person', person, { type: 'USER', name: 'ada@example.com' }],
    ] as const) {
      const path = `${PATH}&tokenName=${encodeURIComponent(name)}`;
      const { body } = await app.call<Rest<DelegateTokenDetails>>('POST', path, undefined, proof);
      expect(body.resource.createdByNgUser).toEqual(createdByNgUser);
    }
  });

  it('belongs to one scope, and says which', async () => {
    const inProject = '&orgIdentifier=ops&projectIdentifier=vault';
    expect((await create('mine', inProject)).body.resource).toMatchObject({ ownerIdentifier: 'ops/vault' });
    expect((await list(inProject)).body.resource).toHaveLength(1);
    expect((await list('&name=mine')).body.resource).toEqual([]);
  });

  it.each(['', ' ', 'a/b', 'x'.repeat(129)])('refuses the name “%s”', async (name) => {
    expect((await create(name)).status).toBe(400);
  });

  it('is on record, without its value', async () => {
    const { body } = await create('recorded');
    await list('&name=recorded');
    await app.call('PUT', `${PATH}&tokenName=recorded`);
    await list('&name=recorded');
    const events = await app.database.db
      .selectFrom('audit_events')
      .select(['action', 'event'])
      .where('resource_identifier', '=', 'recorded')
      .execute();
    expect(events.map(({ action }) => action)).toEqual(['CREATE_TOKEN', 'READ_VALUE', 'REVOKE_TOKEN']);
    expect(JSON.stringify(events)).not.toContain(body.resource.value);
  });

  it('is listed without its value where nobody wants to see it, which is no reading of it', async () => {
    await create('only listed');
    const { body } = await list('&name=only%20listed&withoutValues=true');
    expect(body.resource).toMatchObject([{ name: 'only listed', status: 'ACTIVE', value: null }]);
    const events = await app.database.db
      .selectFrom('audit_events')
      .select('action')
      .where('resource_identifier', '=', 'only listed')
      .execute();
    expect(events.map(({ action }) => action)).toEqual(['CREATE_TOKEN']);
  });

  it('is made by nobody, and its value shown to nobody, who may not read the secrets that its delegates are given', async () => {
    await givenRole(app, 'delegate_editor', ['core_delegate_view', 'core_delegate_edit']);
    const editor = await givenProgramWith(app, 'editor', [{ role: 'delegate_editor' }]);
    expect(await app.call('POST', `${PATH}&tokenName=sly`, undefined, editor)).toMatchObject({
      status: 403,
      body: { failedPermissionChecks: [{ permission: 'core_secret_access' }] },
    });
    await create('known');
    const seen = await app.call<Rest<DelegateTokenDetails[]>>('GET', `${PATH}&name=known`, undefined, editor);
    expect(seen.body.resource).toMatchObject([{ name: 'known', status: 'ACTIVE', value: null }]);
  });
});
