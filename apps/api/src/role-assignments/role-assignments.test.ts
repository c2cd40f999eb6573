import type {
  Page,
  RoleAssignmentAggregate,
  RoleAssignmentAggregateList,
  RoleAssignmentRequest,
  RoleAssignmentResponse,
  RoleAssignmentValidation,
} from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Failure, type Success, scopeQuery } from '../test-support/fixtures.ts';
import { ADMIN, givenProgram, givenProgramWith, givenRole, givenUser, type Proof } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ROOT = '/authz/api/roleassignments';
const org = { orgIdentifier: 'o1' };
const project = { ...org, projectIdentifier: 'p1' };

const toProgram = (identifier: string, changes: Partial<RoleAssignmentRequest> = {}): RoleAssignmentRequest => ({
  roleIdentifier: '_account_viewer',
  principal: { type: 'SERVICE_ACCOUNT', identifier, scopeLevel: 'account' },
  ...changes,
});

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  type One = Success<RoleAssignmentResponse> & Failure;
  const assign = (body: unknown, place = {}, proof: Proof = ADMIN) =>
    app.call<One>('POST', `${ROOT}?${scopeQuery(place)}`, body, proof);
  const read = (id: string, place = {}) => app.call<One>('GET', `${ROOT}/${id}?${scopeQuery(place)}`);
  const replace = (id: string, body: unknown, place = {}, proof: Proof = ADMIN) =>
    app.call<One>('PUT', `${ROOT}/${id}?${scopeQuery(place)}`, body, proof);
  const remove = (id: string, place = {}) => app.call<One>('DELETE', `${ROOT}/${id}?${scopeQuery(place)}`);
  const connectors = async (place: object, proof: Proof) =>
    (await app.call('GET', `/ng/api/connectors?${scopeQuery(place)}`, undefined, proof)).status;

  it('is made, read and deleted as the Terraform provider does it', async () => {
    await givenProgram(app, 'tf', project);
    await givenRole(app, 'tf', ['core_connector_view'], org);
    const body = {
      identifier: 'tf',
      resourceGroupIdentifier: '_all_project_level_resources',
      roleIdentifier: 'tf',
      roleReference: { identifier: 'tf', scopeLevel: 'organization' },
      principal: { identifier: 'tf', type: 'SERVICE_ACCOUNT' },
      disabled: false,
      managed: false,
    };
    const made = await assign(body, project);
    expect(made).toMatchObject({
      status: 200,
      body: {
        data: {
          roleAssignment: { ...body, principal: { ...body.principal, scopeLevel: 'project' } },
          scope: { accountIdentifier: 'default', ...project },
          harnessManaged: false,
        },
      },
    });
    expect((await read('tf', project)).body.data).toEqual(made.body.data);
    expect((await remove('tf', project)).body.data).toEqual(made.body.data);
    expect(await read('tf', project)).toMatchObject({ status: 400, body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' } });
  });

  it('holds at its scope and below, at once, and no longer when it is disabled or deleted', async () => {
    const program = await givenProgram(app, 'below');
    expect(await connectors(project, program)).toBe(403);
    const { roleAssignment } = (await assign(toProgram('below'), org)).body.data;
    expect(roleAssignment.identifier).toMatch(/^role_assignment_\w+$/);
    expect(await connectors(project, program)).toBe(200);
    expect(await connectors(org, program)).toBe(200);
    expect(await connectors({}, program)).toBe(403);
    expect(await connectors({ orgIdentifier: 'o2' }, program)).toBe(403);

    const { identifier } = roleAssignment;
    // Terraform sends back what it read, so that a reference would contradict a role that was changed.
    expect(roleAssignment.roleReference).toBeNull();
    const disabled = await replace(identifier, toProgram('below', { disabled: true }), org);
    expect(disabled.body.data.roleAssignment.disabled).toBe(true);
    expect(await connectors(org, program)).toBe(403);
    await replace(identifier, toProgram('below', { disabled: false }), org);
    expect(await connectors(org, program)).toBe(200);
    await remove(identifier, org);
    expect(await connectors(org, program)).toBe(403);
  });

  it('names what there is: a role and a principal of its scope or above, and everything there', async () => {
    await givenProgram(app, 'here', project);
    const refused = async (body: object, place: object) => (await assign(body, place)).body.errors?.[0]?.fieldId;
    expect(await refused(toProgram('nobody'), {})).toBe('principal.identifier');
    expect(await refused(toProgram('here'), project)).toBe('principal.identifier');
    const local = { type: 'SERVICE_ACCOUNT', identifier: 'here', scopeLevel: 'project' } as const;
    expect(await refused(toProgram('here', { principal: local }), org)).toBe('principal.scopeLevel');
    expect(await refused(toProgram('here', { principal: local, roleIdentifier: 'nowhere' }), project)).toBe(
      'roleIdentifier',
    );
    const narrow = { resourceGroupIdentifier: '_all_account_level_resources' };
    expect(await refused(toProgram('test_admin', narrow), {})).toBe('resourceGroupIdentifier');
    expect((await assign(toProgram('here', { principal: local }), project)).status).toBe(200);
  });

  it('is made once for a role and a principal, and under an ID of its own', async () => {
    await givenProgram(app, 'once');
    expect((await assign(toProgram('once', { identifier: 'once' }))).status).toBe(200);
    for (const again of [
      toProgram('once'),
      toProgram('once', { identifier: 'once', roleIdentifier: '_secrets_reader' }),
    ]) {
      expect(await assign(again)).toMatchObject({ status: 400, body: { code: 'DUPLICATE_FIELD' } });
    }
    const other = await replace('once', toProgram('once', { roleIdentifier: '_secrets_reader' }));
    expect(other.body.errors).toMatchObject([{ fieldId: 'roleIdentifier' }]);
  });

  it('gives nobody what they have not, also not by enabling what is disabled', async () => {
    await givenRole(app, 'giver', ['core_role_edit', 'core_secret_view']);
    const giver = await givenProgramWith(app, 'giver', [{ role: 'giver' }]);
    await assign(toProgram('giver', { identifier: 'sleeping', roleIdentifier: '_account_admin', disabled: true }));
    for (const answer of [
      await assign(toProgram('giver', { roleIdentifier: '_account_admin' }), {}, giver),
      await assign(toProgram('giver', { roleIdentifier: '_secrets_reader' }), project, giver),
      await replace('sleeping', toProgram('giver', { roleIdentifier: '_account_admin' }), {}, giver),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'NG_ACCESS_DENIED' } });
    }
    expect((await assign(toProgram('giver', { roleIdentifier: 'giver' }), project, giver)).status).toBe(400);
    const reference = { roleReference: { identifier: 'giver', scopeLevel: 'account' as const } };
    expect((await assign(toProgram('giver', reference), project, giver)).body.errors).toMatchObject([
      { fieldId: 'roleReference' },
    ]);
    const { roleIdentifier: _, ...byReference } = toProgram('giver', reference);
    expect((await assign(byReference, project, giver)).status).toBe(200);
  });

  it('is made with others, all or none', async () => {
    await givenProgram(app, 'several');
    const assignAll = (roleAssignments: unknown[]) =>
      app.call<Success<RoleAssignmentResponse[]>>('POST', `${ROOT}/multi?${scopeQuery()}`, { roleAssignments });
    const viewer = toProgram('several', { identifier: 'several_1' });
    const nobody = toProgram('nobody', { identifier: 'several_2' });
    expect((await assignAll([viewer, nobody])).status).toBe(400);
    expect((await read('several_1')).status).toBe(400);
    const reader = toProgram('several', { identifier: 'several_2', roleIdentifier: '_secrets_reader' });
    expect((await assignAll([viewer, reader])).body.data).toHaveLength(2);
  });

  it('is listed at exactly its scope, filtered, with names where they are asked for', async () => {
    const place = { orgIdentifier: 'listed' };
    const user = await givenUser(app, 'lister@test.invalid');
    await givenProgram(app, 'lister');
    await givenRole(app, 'lister', [], place);
    await assign(toProgram('lister', { identifier: 'l1', roleIdentifier: 'lister' }), place);
    const principal = { type: 'USER', identifier: user.id } as const;
    await assign({ identifier: 'l2', roleIdentifier: '_secrets_reader', principal, disabled: true }, place);
    await assign(toProgram('lister'), { ...place, projectIdentifier: 'below' });

    const query = scopeQuery(place);
    const all = await app.call<Success<Page<RoleAssignmentResponse>>>('GET', `${ROOT}?${query}`);
    expect(all.body.data).toMatchObject({ totalItems: 2, totalPages: 1 });
    const found = async (filter: object) => {
      const { body } = await app.call<Success<Page<RoleAssignmentResponse>>>('POST', `${ROOT}/filter?${query}`, filter);
      return body.data.content.map(({ roleAssignment }) => roleAssignment.identifier);
    };
    expect(await found({})).toEqual(['l2', 'l1']);
    expect(await found({ roleFilter: ['lister'] })).toEqual(['l1']);
    expect(await found({ principalTypeFilter: ['USER'] })).toEqual(['l2']);
    expect(await found({ principalFilter: [principal] })).toEqual(['l2']);
    expect(await found({ principalFilter: [{ type: 'USER', identifier: 'nobody' }] })).toEqual([]);
    expect(await found({ disabledFilter: [false] })).toEqual(['l1']);
    expect(await found({ harnessManagedFilter: [true] })).toEqual([]);
    expect(await found({ resourceGroupFilter: ['elsewhere'] })).toEqual([]);

    const named = await app.call<Success<Page<RoleAssignmentAggregate>>>('POST', `${ROOT}/v2/filter?${query}`, {});
    expect(named.body.data.content).toMatchObject([
      { principal: { name: 'lister', email: 'lister@test.invalid' }, role: { role: { name: 'Secrets Reader' } } },
      { principal: { name: 'lister', scopeLevel: 'account' }, role: { role: { name: 'lister' } } },
    ]);
    const aggregate = await app.call<Success<RoleAssignmentAggregateList>>('POST', `${ROOT}/aggregate?${query}`, {});
    expect(aggregate.body.data.roleAssignments).toHaveLength(2);
    expect(aggregate.body.data.roles.map(({ role }) => role.identifier)).toEqual(['_secrets_reader', 'lister']);
  });

  it('is validated without being made', async () => {
    const validate = async (roleAssignment: object) => {
      const body = { roleAssignment, validatePrincipal: true, validateRole: true };
      return (await app.call<Success<RoleAssignmentValidation>>('POST', `${ROOT}/validate?${scopeQuery()}`, body)).body
        .data;
    };
    expect(await validate(toProgram('nobody'))).toMatchObject({
      principalValidationResult: { valid: false, errorMessage: expect.stringContaining('nobody') },
      roleValidationResult: { valid: true, errorMessage: null },
      resourceGroupValidationResult: null,
    });
  });
});
