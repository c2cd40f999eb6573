import type { AccessCheckResponse } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Place } from '../db/scope-columns.ts';
import type { Failure, Success } from '../test-support/fixtures.ts';
import { ADMIN, givenProgramWith, givenUser, type Proof } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const org = { orgIdentifier: 'o1' };
const project = { ...org, projectIdentifier: 'p1' };

describeEachEngine((engine) => {
  let app: TestApp;
  let reader: Proof;
  beforeAll(async () => {
    app = await startTestApp(engine);
    reader = await givenProgramWith(app, 'reader', [{ role: '_secrets_reader', at: org }]);
  });
  afterAll(() => app.close());

  const check = (
    checks: readonly (readonly [permission: string, place: Place])[],
    principal?: object,
    proof = reader,
  ) => {
    const permissions = checks.map(([permission, place]) => ({
      permission,
      resourceScope: { accountIdentifier: 'default', ...place },
      resourceType: 'SECRET',
    }));
    return app.call<Success<AccessCheckResponse> & Failure>(
      'POST',
      '/authz/api/acl',
      { permissions, principal },
      proof,
    );
  };
  const permitted = async (...given: Parameters<typeof check>) =>
    (await check(...given)).body.data.accessControlList.map((one) => one.permitted);

  it('tells the caller what they may do where, in the ecosystem’s shape', async () => {
    const { body } = await check([
      ['core_secret_view', project],
      ['core_secret_view', {}],
      ['core_secret_edit', project],
      ['core_pipeline_execute', project],
    ]);
    expect(body.data.principal).toMatchObject({ type: 'SERVICE_ACCOUNT', identifier: 'reader' });
    expect(body.data.accessControlList.map((one) => one.permitted)).toEqual([true, false, false, false]);
    expect(body.data.accessControlList[0]).toEqual({
      permission: 'core_secret_view',
      resourceScope: { accountIdentifier: 'default', ...project },
      resourceType: 'SECRET',
      resourceIdentifier: null,
      permitted: true,
    });
  });

  it('tells about others to whoever may see roles there', async () => {
    const principal = { type: 'SERVICE_ACCOUNT', identifier: 'reader', scopeLevel: 'account' };
    expect(await permitted([['core_secret_access', project]], principal, ADMIN)).toEqual([true]);
    expect(await permitted([['core_secret_access', {}]], principal, ADMIN)).toEqual([false]);
    const { id } = await givenUser(app, 'someone@test.invalid');
    expect(await permitted([['core_secret_access', {}]], { type: 'USER', identifier: id }, ADMIN)).toEqual([false]);
    expect(await permitted([['core_secret_access', {}]], { type: 'USER', identifier: 'nobody' }, ADMIN)).toEqual([
      false,
    ]);
  });

  it('tells nobody else, also not whether there is such a principal, and oneself by name', async () => {
    for (const identifier of ['test_admin', 'nobody']) {
      const answer = await check([['core_secret_view', project]], { type: 'SERVICE_ACCOUNT', identifier });
      expect(answer).toMatchObject({ status: 403, body: { code: 'NG_ACCESS_DENIED' } });
    }
    const self = { type: 'SERVICE_ACCOUNT', identifier: 'reader' };
    expect(await permitted([['core_secret_view', project]], self)).toEqual([true]);
  });
});
