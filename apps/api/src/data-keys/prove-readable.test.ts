import type { ConnectorRequest } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REWRAPS_LEASE } from '../rewraps/rewrap-worker.ts';
import { findManager, lockManager } from '../secrets/managers/secret-manager.ts';
import { type KmsSecrets, startKmsSecrets } from '../secrets/testing/kms-secrets.ts';
import { connector, credentials, seedKey } from '../test-connection/testing/connectors.ts';
import { createSecret } from '../test-connection/testing/requests.ts';
import { describeEachEngine } from '../test-support/test-app.ts';

type Spec = Partial<ConnectorRequest['spec']>;

let world: KmsSecrets;
let count = 0;
let kms: string;

const PERMITTED = { access: { require() {} } };

function request(spec: Spec = {}, name = kms) {
  const { server } = world;
  const given = connector(server, kms, credentials(server).ManualConfig, spec);
  return { connector: { ...given, name } };
}

/** Replaces the connector's settings, and tells how often KMS was asked to decrypt meanwhile. */
async function change(spec: Spec = {}, name = kms) {
  const { requests } = world.simulator;
  const before = requests.of('kms', 'Decrypt');
  const answer = await world.call('PUT', '/ng/api/connectors', request(spec, name));
  return { ...answer, asked: requests.of('kms', 'Decrypt') - before };
}

async function stored(): Promise<Spec> {
  const { body } = await world.call<{ data: { connector: { spec: Spec } } }>('GET', `/ng/api/connectors/${kms}`);
  return body.data.connector.spec;
}

/** Credentials of a user who may use only these keys, as two secrets. */
async function userOf(keys: readonly string[]): Promise<Spec> {
  count += 1;
  const policy = { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: keys } };
  const user = world.simulator.admin.createUser({ name: `user-${count}`, policy });
  await createSecret(world.server, `id_${count}`, user.accessKeyId);
  await createSecret(world.server, `key_${count}`, user.secretAccessKey);
  const spec = { accessKey: `account.id_${count}`, secretKey: `account.key_${count}` };
  return { credential: { type: 'ManualConfig', spec } };
}

const newKey = () => {
  count += 1;
  return world.simulator.admin.createKey({ name: `key-${count}` }).arn;
};

describeEachEngine((engine) => {
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
    // What would move values to the new key of a connector is held back: these tests are about those under the old one.
    const lease = { name: REWRAPS_LEASE, owner: 'test', now: '', until: '9999' };
    expect(await world.server.deps.storage.unrecorded(({ leases }) => leases.claim(lease))).toBe(true);
  });
  beforeEach(async () => {
    count += 1;
    kms = `kms_${count}`;
    await world.connector(kms);
  });
  afterEach(() => world.simulator.faults.clear());
  afterAll(() => world.close());

  describe('changing a connector under which secrets are stored', () => {
    it('to another key is saved, because the former one still decrypts', async () => {
      await world.create(`in_${kms}`, 'v', { manager: kms });
      const kmsArnInPlainText = newKey();
      expect(await change({ kmsArnInPlainText })).toMatchObject({ status: 200, asked: 1 });
      expect(await stored()).toMatchObject({ kmsArnInPlainText });
    });

    it('to credentials that cannot decrypt them is refused with the finding, and nothing is changed', async () => {
      await world.create(`in_${kms}`, 'v', { manager: kms });
      const before = await stored();
      const kmsArnInPlainText = newKey();
      const refused = await change({ kmsArnInPlainText, ...(await userOf([kmsArnInPlainText])) });
      expect(refused).toMatchObject({ status: 400, body: { code: 'KMS_OPERATION_ERROR' } });
      expect(refused.body.message).toContain(`secrets that are stored under “${kms}” could not be read`);
      expect(refused.body.metadata?.finding).toMatchObject({
        code: 'iam-not-allowed',
        fixes: expect.arrayContaining([
          expect.objectContaining({
            kind: 'iam-policy',
            body: expect.stringContaining(seedKey(world.simulator.seed, 'working')),
          }),
        ]),
      });
      expect(await stored()).toEqual(before);
    });

    it('takes every key into account that values depend on, and asks once for each', async () => {
      await world.create(`one_${kms}`, 'v', { manager: kms });
      const second = newKey();
      await change({ kmsArnInPlainText: second });
      await world.create(`two_${kms}`, 'v', { manager: kms });
      await world.create(`three_${kms}`, 'v', { manager: kms });
      const user = await userOf([second]);
      expect(await change({ kmsArnInPlainText: second, ...user })).toMatchObject({ status: 400 });
      const both = await userOf([second, seedKey(world.simulator.seed, 'working')]);
      expect(await change({ kmsArnInPlainText: second, ...both })).toMatchObject({ status: 200, asked: 2 });
    });

    it('to delegates that are not there is refused', async () => {
      await world.create(`in_${kms}`, 'v', { manager: kms });
      const credential = { type: 'AssumeIAMRole' as const, spec: { delegateSelectors: ['elsewhere'] } };
      expect(await change({ credential })).toMatchObject({ status: 400, body: { code: 'DELEGATE_NOT_AVAILABLE' } });
    });

    it('is refused where nobody can be asked now, and could not with the change either', async () => {
      await world.create(`in_${kms}`, 'v', { manager: kms });
      const away = { type: 'AssumeIAMRole' as const, spec: { delegateSelectors: ['away'] } };
      // As it would be if the delegate that it works with were gone for a moment.
      const { db, deps } = world.server;
      const { connector: given } = request({ credential: away });
      const { default: _, ...spec } = { default: false, ...given.spec };
      await db
        .updateTable('connectors')
        .set({ spec: JSON.stringify(spec) })
        .where('identifier', '=', kms)
        .execute();
      expect((await deps.storage.connectors.find({}, kms))?.spec.credential.type).toBe('AssumeIAMRole');
      const elsewhere = { type: 'AssumeIAMRole' as const, spec: { delegateSelectors: ['elsewhere'] } };
      expect(await change({ credential: elsewhere })).toMatchObject({
        status: 400,
        body: { code: 'DELEGATE_NOT_AVAILABLE' },
      });
    });

    it('in its name only asks nobody, also while KMS is away', async () => {
      await world.create(`in_${kms}`, 'v', { manager: kms });
      world.simulator.faults.add({ service: 'kms', kind: 'hang' });
      expect(await change({}, 'renamed')).toMatchObject({ status: 200, asked: 0 });
      expect(await change({ default: true }, 'renamed')).toMatchObject({ status: 200, asked: 0 });
      await change({}, 'renamed');
    });

    it('while KMS is away is refused: nobody knows', async () => {
      await world.create(`in_${kms}`, 'v', { manager: kms });
      world.simulator.faults.add({ service: 'kms', kind: 'throttle' });
      const refused = await change({ kmsArnInPlainText: newKey() });
      expect(refused).toMatchObject({ status: 400, body: { metadata: { finding: { code: 'throttled' } } } });
    });

    it('is saved where they cannot be read now either, for the same cause', async () => {
      const former = newKey();
      await change({ kmsArnInPlainText: former });
      await world.create(`in_${kms}`, 'v', { manager: kms });
      world.simulator.admin.disableKey(former);
      expect(await change({ kmsArnInPlainText: newKey() })).toMatchObject({ status: 200 });
      // Not to credentials that could not read them even if the key worked again.
      world.simulator.admin.enableKey(former);
      expect(await change(await userOf([newKey()]))).toMatchObject({ status: 400 });
    });

    it('proves again where a secret was stored under another key meanwhile', async () => {
      const [working, second] = [seedKey(world.simulator.seed, 'working'), newKey()];
      await world.create(`in_${kms}`, 'v', { manager: kms });
      await change({ kmsArnInPlainText: second });
      const onlyFirst = await userOf([working]);
      const { faults, requests } = world.simulator;
      const before = requests.of('kms', 'Decrypt');
      faults.add({ service: 'kms', operation: 'Decrypt', kind: 'latency', ms: 1500, count: 1 });
      const changing = change(onlyFirst);
      await expect.poll(() => requests.of('kms', 'Decrypt')).toBe(before + 1);
      expect((await world.create(`meanwhile_${kms}`, 'v', { manager: kms })).status).toBe(200);
      expect(await changing).toMatchObject({
        status: 400,
        body: { metadata: { finding: { code: 'iam-not-allowed' } } },
      });
      expect(await stored()).toMatchObject({ kmsArnInPlainText: second });
    });
  });

  it('a value that was encrypted before the change, and is to be stored after it, is not stored', async () => {
    const { storage } = world.server.deps;
    const manager = await findManager(storage, PERMITTED, kms, {});
    expect(await change({ kmsArnInPlainText: newKey() })).toMatchObject({ status: 200 });
    await expect(storage.unrecorded((stores) => lockManager(stores, manager))).rejects.toMatchObject({
      code: 'OPTIMISTIC_LOCKING_EXCEPTION',
    });
    const again = await findManager(storage, PERMITTED, kms, {});
    await storage.unrecorded((stores) => lockManager(stores, again));
  });

  it('a connector under which nothing is stored takes any settings, and KMS is not asked', async () => {
    const gone = { kmsArnInPlainText: 'arn:aws:kms:eu-west-1:111122223333:key/gone', region: 'eu-west-1' };
    expect(await change(gone)).toMatchObject({ status: 200, asked: 0 });
    await change();
    await world.create(`in_${kms}`, 'v', { manager: kms });
    await world.call('DELETE', `/ng/api/v2/secrets/in_${kms}`);
    expect(await change(gone)).toMatchObject({ status: 200, asked: 0 });
  });
});
