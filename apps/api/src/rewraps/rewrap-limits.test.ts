import type { Rewrap } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KmsSecrets, startKmsSecrets } from '../secrets/testing/kms-secrets.ts';
import { scopeQuery } from '../test-support/fixtures.ts';
import { givenProgramWith, givenRole } from '../test-support/principals.ts';
import { describeEachEngine } from '../test-support/test-app.ts';

const project = { orgIdentifier: 'o', projectIdentifier: 'p' };

describeEachEngine((engine) => {
  let world: KmsSecrets;
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
    await world.connector('wide');
    await world.connector('other_wide', { key: 'multi-region' });
    await world.connector('narrow', { place: project, spec: { credential: await credentialOf('wide') } });
  });
  afterAll(() => world.close());

  /** The credential of an account's connector, as a project refers to it. */
  async function credentialOf(identifier: string): Promise<object> {
    const { body } = await world.call<{ data: { connector: { spec: { credential: object } } } }>(
      'GET',
      `/ng/api/connectors/${identifier}`,
    );
    return body.data.connector.spec.credential;
  }

  const start = (body: object, place = {}) =>
    world.call<Rewrap>('POST', `/api/secrets/rewraps?${scopeQuery(place)}`, body);

  async function ended(id: string): Promise<Rewrap> {
    for (;;) {
      const { body } = await world.call<Rewrap>('GET', `/api/secrets/rewraps/${id}`);
      if (body.state !== 'running') return body;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const managerOf = async (identifier: string, place = {}) =>
    (await world.call('GET', `/ng/api/v2/secrets/${identifier}?${scopeQuery(place)}`)).body.data.secret.spec
      .secretManagerIdentifier;

  it('moves no secret to a manager that can not be seen from where the secret is', async () => {
    await world.create('of_account', 'v', { manager: 'wide' });
    await world.create('of_project', 'v', { manager: 'account.wide', place: project });
    const all = { from: 'account.wide', to: 'narrow' };
    const refused = await world.call('POST', `/api/secrets/rewraps?${scopeQuery(project)}`, all);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ fieldId: 'to' }] } });
    expect(await managerOf('of_account')).toBe('wide');

    // Those of the project alone can go there.
    const some = await start({ ...all, identifiers: ['of_project'] }, project);
    expect(await ended(some.body.id)).toMatchObject({ state: 'done', rewrapped: 1, failed: 0 });
    expect(await managerOf('of_project', project)).toBe('narrow');
    expect(await managerOf('of_account')).toBe('wide');
  });

  it('is ended for all secrets of a connector only by who could begin it, and names none that one may not see', async () => {
    await givenRole(world.app, 'edits_here', ['core_secret_edit', 'core_secret_view'], project);
    const proof = await givenProgramWith(world.app, 'edits_here', [{ role: 'edits_here', at: project }]);
    // A row that can't be read: a failure of the account, in a report that the project lists.
    await world.create('spoilt', 'v', { manager: 'wide' });
    const { id } = await world.valueRow('spoilt');
    await world.server.db.updateTable('secret_values').set({ message: 'AAAA' }).where('id', '=', id).execute();
    const begun = await start({ from: 'account.wide', to: 'account.other_wide' }, project);
    expect(begun.status).toBe(200);
    const cancelled = await world.call('POST', `/api/secrets/rewraps/${begun.body.id}/cancel`, undefined, proof);
    expect(cancelled).toMatchObject({
      status: 403,
      body: {
        failedPermissionChecks: [{ permission: 'core_secret_edit', resourceScope: { projectIdentifier: null } }],
      },
    });
    expect(await ended(begun.body.id)).toMatchObject({ failed: 1, failures: [{ identifier: 'spoilt' }] });
    const path = `/api/secrets/rewraps/${begun.body.id}`;
    const seen = await world.call<Rewrap>('GET', path, undefined, proof);
    expect(seen.body).toMatchObject({ failed: 1, failures: [] });
    const listed = `/api/secrets/rewraps?${scopeQuery(project)}`;
    const { body } = await world.call<{ content: Rewrap[] }>('GET', listed, undefined, proof);
    expect(body.content.find((one) => one.id === begun.body.id)).toMatchObject({ failed: 1, failures: [] });
  });
});
