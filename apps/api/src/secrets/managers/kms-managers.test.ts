import { afterAll, beforeAll, expect, it } from 'vitest';
import { scopeQuery, secret } from '../../test-support/fixtures.ts';
import { givenProgramWith, givenRole } from '../../test-support/principals.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { type KmsSecrets, startKmsSecrets } from '../testing/kms-secrets.ts';
import { findManager, lockManager } from './secret-manager.ts';

const project = { orgIdentifier: 'o', projectIdentifier: 'p' };
const FIELD = 'secret.spec.secretManagerIdentifier';

describeEachEngine((engine) => {
  let world: KmsSecrets;
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
    await world.connector('kms');
  });
  afterAll(() => world.close());

  it('keeps a value under a data key of the connector, and nothing of it in the clear', async () => {
    const created = await world.create('kept', 'the plain value', { manager: 'kms' });
    expect(created).toMatchObject({
      status: 200,
      body: { data: { secret: { spec: { secretManagerIdentifier: 'kms', value: null } }, byteLength: 15 } },
    });
    const row = await world.valueRow('kept');
    expect(row.data_key_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Buffer.from(row.message, 'base64').toString('latin1')).toContain('wardline-data-key');
    expect(Buffer.from(row.message, 'base64').toString('latin1')).not.toContain('the plain value');
  });

  it('uses a manager of the scope itself with a bare reference, and one above with its level', async () => {
    const inner = await world.create('inner', 'v', { manager: 'account.kms', place: project });
    expect(inner.status).toBe(200);
    const bare = await world.create('bare', 'v', { manager: 'kms', place: project });
    expect(bare.body.message).toContain('There is no secret manager “kms” at project “p”');
    const below = await world.create('below', 'v', { manager: 'org.kms' });
    expect(below.body.errors).toMatchObject([{ fieldId: FIELD }]);
  });

  it('takes the default of the scope where none is named, else the built-in manager', async () => {
    const place = { orgIdentifier: 'with_default' };
    expect((await world.create('before', 'v', { place })).body.data.secret.spec.secretManagerIdentifier).toBe(
      'harnessSecretManager',
    );
    await world.connector('standard', { spec: { default: true }, place });
    expect((await world.create('after', 'v', { place })).body.data.secret.spec.secretManagerIdentifier).toBe(
      'standard',
    );
    expect((await world.valueRow('after')).data_key_id).not.toBeNull();
    // A change that names no manager leaves the one that the secret has.
    const { secret: body } = secret('before', 'w', place);
    const spec = { valueType: 'Inline', value: 'w' };
    const changed = await world.call('PUT', `/ng/api/v2/secrets/before?${scopeQuery(place)}`, {
      secret: { ...body, spec },
    });
    expect(changed).toMatchObject({ status: 200, body: { data: { version: 2 } } });
    expect((await world.valueRow('before')).data_key_id).toBeNull();
  });

  it('refuses a disabled manager', async () => {
    await world.connector('off');
    await world.create('under_off', 'v', { manager: 'off' });
    await world.call('POST', '/api/connectors/off/disable');
    const refused = await world.create('late', 'v', { manager: 'off' });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ fieldId: FIELD }] } });
    expect(refused.body.message).toContain('disabled');
    expect((await world.change('under_off', 'w', { manager: 'off' })).body.message).toContain('disabled');
    // Only its description needs no manager.
    expect((await world.change('under_off', '', { manager: 'off' })).status).toBe(200);
  });

  it.each([
    ['disabled', 'POST', '/api/connectors/meanwhile_disabled/disable'],
    ['deleted', 'DELETE', '/ng/api/connectors/meanwhile_deleted'],
  ])('stores nothing under a manager that was %s while the value was encrypted', async (what, method, path) => {
    await world.connector(`meanwhile_${what}`);
    const { storage } = world.server.deps;
    const manager = await findManager(storage, { access: { require() {} } }, `meanwhile_${what}`, {});
    expect((await world.call(method, path)).status).toBe(200);
    await expect(storage.unrecorded((stores) => lockManager(stores, manager))).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { fields: [{ fieldId: FIELD }] },
    });
  });

  it('stores nothing where KMS can not be used, and answers the finding', async () => {
    await world.connector('broken', { key: 'disabled' });
    const refused = await world.create('unstored', 'v', { manager: 'broken' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'KMS_OPERATION_ERROR' } });
    expect(refused.body.metadata?.finding).toMatchObject({ code: expect.any(String), title: expect.any(String) });
    expect((await world.call('GET', '/ng/api/v2/secrets/unstored')).body.code).toBe('RESOURCE_NOT_FOUND_EXCEPTION');
  });

  it('takes the right to use the connector where the connector is', async () => {
    const editor = ['core_secret_view', 'core_secret_edit'] as const;
    await givenRole(world.app, 'secret_editor', [...editor]);
    await givenRole(world.app, 'kms_user', [...editor, 'core_connector_access']);
    await givenRole(world.app, 'kms_user_below', [...editor, 'core_connector_access'], project);
    const without = await givenProgramWith(world.app, 'without', [{ role: 'secret_editor' }]);
    const below = await givenProgramWith(world.app, 'below', [
      { role: 'secret_editor' },
      { role: 'kms_user_below', at: project },
    ]);
    const allowed = await givenProgramWith(world.app, 'allowed', [{ role: 'kms_user' }]);
    const options = { manager: 'account.kms', place: project };
    for (const proof of [without, below]) {
      expect(await world.create('rights', 'v', { ...options, proof })).toMatchObject({
        status: 403,
        body: { failedPermissionChecks: [{ permission: 'core_connector_access' }] },
      });
    }
    expect((await world.create('rights', 'v', { ...options, proof: allowed })).status).toBe(200);
    expect((await world.create('built_in', 'v', { place: project, proof: without })).status).toBe(200);
  });

  it('can not be deleted while it keeps secrets, and says which', async () => {
    await world.connector('used');
    await world.create('user_of_it', 'v', { manager: 'account.used', place: project });
    const refused = await world.call('DELETE', '/ng/api/connectors/used');
    expect(refused).toMatchObject({ status: 400, body: { code: 'ENTITY_REFERENCE_EXCEPTION' } });
    expect(refused.body.metadata?.referencedBy).toMatchObject([{ type: 'Secrets', identifier: 'user_of_it' }]);
    await world.call('DELETE', `/ng/api/v2/secrets/user_of_it?${scopeQuery(project)}`);
    expect((await world.call('DELETE', '/ng/api/connectors/used')).status).toBe(200);
  });

  it('keeps no credential of a connector', async () => {
    await world.create('kms_key_id', 'v', { manager: 'kms' });
    const credential = {
      type: 'ManualConfig',
      spec: { accessKey: 'account.kms_key_id', secretKey: 'account.secret_key' },
    };
    const refused = await world.connector('circular', { spec: { credential } });
    expect(refused.body.message).toContain(
      'The credentials of a secret manager may be stored only in the built-in one',
    );
  });

  it('keeps the manager that a secret has', async () => {
    await world.create('fixed', 'v', { manager: 'kms' });
    expect((await world.change('fixed', 'w', { manager: 'harnessSecretManager' })).body.errors).toMatchObject([
      { fieldId: FIELD },
    ]);
    expect((await world.change('fixed', 'w', { manager: 'account.kms' })).status).toBe(200);
  });
});
