import type { Page, RoleAssignmentResponse } from '@wardline/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Failure, type Success, scopeQuery } from '../test-support/fixtures.ts';
import { givenUser } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ROOT = '/authz/api/roleassignments';
const GROUPS = '/ng/api/user-groups';

describeEachEngine((engine) => {
  let app: TestApp;
  let own: RoleAssignmentResponse['roleAssignment'];
  beforeEach(async () => {
    app = await startTestApp(engine);
    const { body } = await app.call<Success<Page<RoleAssignmentResponse>>>('GET', `${ROOT}?${scopeQuery()}`);
    const [first] = body.data.content;
    if (!first) throw new Error('a test app has an administrator');
    own = first.roleAssignment;
  });
  afterEach(() => app.close());

  const removeOwn = () => app.call<Failure>('DELETE', `${ROOT}/${own.identifier}?${scopeQuery()}`);
  const makeAdministrator = async (principal: object) => {
    const body = { roleIdentifier: '_account_admin', principal };
    expect((await app.call('POST', `${ROOT}?${scopeQuery()}`, body)).status).toBe(200);
  };

  it('keeps the role: it is neither taken away nor disabled', async () => {
    expect(await removeOwn()).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    const { managed: _, roleReference: __, ...body } = own;
    const disabled = await app.call<Failure>('PUT', `${ROOT}/${own.identifier}?${scopeQuery()}`, {
      ...body,
      disabled: true,
    });
    expect(disabled).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect((await app.call('GET', `/ng/api/connectors?${scopeQuery()}`)).status).toBe(200);
  });

  it.each([
    ['is locked', { disabled: true }],
    ['was invited, and can neither sign in nor send a key', { withToken: false }],
  ])('is not replaced by a user who %s', async (_why, options) => {
    const { id } = await givenUser(app, 'other@test.invalid', options);
    await makeAdministrator({ type: 'USER', identifier: id });
    expect((await removeOwn()).status).toBe(400);
  });

  it('is replaced by a user who has a key', async () => {
    const { id, proof } = await givenUser(app, 'other@test.invalid');
    await makeAdministrator({ type: 'USER', identifier: id });
    expect((await removeOwn()).status).toBe(200);
    expect((await app.call('GET', `${ROOT}?${scopeQuery()}`)).status).toBe(403);
    expect((await app.call('GET', `${ROOT}?${scopeQuery()}`, undefined, proof)).status).toBe(200);
  });

  it('may be the last member of a group, which then keeps them', async () => {
    const { id, proof } = await givenUser(app, 'member@test.invalid');
    const group = { identifier: 'admins', name: 'Admins', users: [id] };
    await app.call('POST', `${GROUPS}?${scopeQuery()}`, group);
    await makeAdministrator({ type: 'USER_GROUP', identifier: 'admins' });
    expect((await removeOwn()).status).toBe(200);
    for (const answer of [
      await app.call<Failure>('DELETE', `${GROUPS}/admins/member/${id}?${scopeQuery()}`, undefined, proof),
      await app.call<Failure>('PUT', `${GROUPS}?${scopeQuery()}`, { ...group, users: [] }, proof),
      await app.call<Failure>('DELETE', `${GROUPS}/admins?${scopeQuery()}`, undefined, proof),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    }
    expect((await app.call('GET', `${GROUPS}/admins?${scopeQuery()}`, undefined, proof)).status).toBe(200);
  });

  it('is one of two that are taken away at the same time', async () => {
    const { id } = await givenUser(app, 'second@test.invalid');
    await makeAdministrator({ type: 'USER', identifier: id });
    const { body } = await app.call<Success<Page<RoleAssignmentResponse>>>('GET', `${ROOT}?${scopeQuery()}`);
    const answers = await Promise.all(
      body.data.content.map(({ roleAssignment }) =>
        app.call('DELETE', `${ROOT}/${roleAssignment.identifier}?${scopeQuery()}`),
      ),
    );
    expect(answers.map(({ status }) => status)).toContain(200);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});
