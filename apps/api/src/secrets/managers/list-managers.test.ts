import type { Page, SecretManager, SecretResponse } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Success, scopeQuery } from '../../test-support/fixtures.ts';
import { givenProgramWith, givenRole, type Proof } from '../../test-support/principals.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { type KmsSecrets, startKmsSecrets } from '../testing/kms-secrets.ts';

const org = { orgIdentifier: 'o' };
const project = { orgIdentifier: 'o', projectIdentifier: 'p' };
const DAY_MS = 86_400_000;

let world: KmsSecrets;

describeEachEngine((engine) => {
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
    await world.connector('kms_a');
    await world.connector('kms_b', { place: org, spec: { default: true } });
    await world.connector('kms_c', { place: project });
    await world.create('a_one', 'v', { manager: 'kms_a' });
    await world.create('a_two', 'v', { manager: 'account.kms_a', place: project });
    await world.create('c_one', 'v', { manager: 'kms_c', place: project });
  });
  afterAll(() => world.close());

  const managers = async (place = {}, proof?: Proof) => {
    const path = `/api/secrets/managers?${scopeQuery(place)}`;
    return (await world.call<{ managers: SecretManager[]; proofDays: number }>('GET', path, undefined, proof)).body;
  };
  const at = async (place: object, identifier: string) =>
    (await managers(place)).managers.find((one) => one.identifier === identifier);

  it('lists the managers that a scope can choose, as it refers to them', async () => {
    const { managers: found, proofDays } = await managers(project);
    expect(proofDays).toBe(7);
    expect(found.map(({ reference, kind }) => [reference, kind])).toEqual([
      ['harnessSecretManager', 'built-in'],
      ['account.kms_a', 'AwsKms'],
      ['org.kms_b', 'AwsKms'],
      ['kms_c', 'AwsKms'],
    ]);
    expect((await managers()).managers.map(({ reference }) => reference)).toEqual(['harnessSecretManager', 'kms_a']);
  });

  it('says which one a new secret gets where it names none', async () => {
    const standard = async (place: object) =>
      (await managers(place)).managers.filter(({ isDefault }) => isDefault).map(({ reference }) => reference);
    expect(await standard({})).toEqual(['harnessSecretManager']);
    expect(await standard(org)).toEqual(['kms_b']);
    expect(await standard(project)).toEqual(['harnessSecretManager']);
  });

  it('counts the secrets of each, in whatever scope', async () => {
    expect(await at({}, 'kms_a')).toMatchObject({ secrets: 2, status: 'PENDING', disabled: false });
    expect(await at(org, 'kms_b')).toMatchObject({ secrets: 0, provenSince: null });
    // Both parts of the access key that the connectors use.
    expect(await at({}, 'harnessSecretManager')).toMatchObject({ secrets: 2, status: 'SUCCESS' });
  });

  it('tells how sure it is that they can be read', async () => {
    const { db } = world.server;
    const set = async (identifier: string, values: object) =>
      db
        .updateTable('secret_values')
        .set(values)
        .where('id', '=', (await world.valueRow(identifier)).id)
        .execute();
    const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
    await set('a_one', { proven_at: ago(3) });
    expect(await at({}, 'kms_a')).toMatchObject({ overdue: 0, failed: 0, provenSince: null });
    await set('a_two', { proven_at: ago(2) });
    expect((await at({}, 'kms_a'))?.provenSince).toBe(Date.parse((await world.valueRow('a_one')).proven_at ?? ''));
    await set('a_one', { proven_at: ago(6) });
    expect(await at({}, 'kms_a')).toMatchObject({ due: 1, overdue: 0 });
    await set('a_one', { proven_at: ago(8) });
    await set('a_two', { proven_at: null, encrypted_at: ago(9) });
    expect(await at({}, 'kms_a')).toMatchObject({ due: 0, overdue: 2, failed: 0 });
    await set('a_one', { proof_failed_at: ago(1) });
    expect(await at({}, 'kms_a')).toMatchObject({ overdue: 1, failed: 1 });
    await set('a_one', { proven_at: ago(0) });
    expect(await at({}, 'kms_a')).toMatchObject({ overdue: 1, failed: 0 });
    await set('access_key', { proven_at: null, encrypted_at: ago(8) });
    expect(await at({}, 'harnessSecretManager')).toMatchObject({ overdue: 1, failed: 0 });
  });

  it('leaves out connectors that the caller may neither see nor use', async () => {
    await givenRole(world.server.testApp, 'only_secrets', ['core_secret_view']);
    await givenRole(world.server.testApp, 'user_of_org', ['core_connector_access'], org);
    const viewer = await givenProgramWith(world.server.testApp, 'viewer', [
      { role: 'only_secrets' },
      { role: 'user_of_org', at: org },
    ]);
    expect((await managers(project, viewer)).managers.map(({ reference }) => reference)).toEqual([
      'harnessSecretManager',
      'org.kms_b',
      'kms_c',
    ]);
  });

  it('narrows a list of secrets, in whatever spelling they name their manager', async () => {
    const list = async (secretManagerIdentifiers: string[]) => {
      const path = `/ng/api/v2/secrets/list?${scopeQuery(project)}`;
      const filter = { secretManagerIdentifiers, includeAllSecretsAccessibleAtScope: true };
      const { body } = await world.call<Success<Page<SecretResponse>>>('POST', path, filter);
      return body.data.content.map(({ secret }) => secret.identifier).sort();
    };
    expect(await list(['account.kms_a'])).toEqual(['a_one', 'a_two']);
    expect(await list(['kms_c', 'account.kms_a'])).toEqual(['a_one', 'a_two', 'c_one']);
    expect(await list(['harnessSecretManager'])).toEqual(['access_key', 'secret_key']);
    expect(await list(['nothing', 'x.y'])).toEqual([]);
  });
});
