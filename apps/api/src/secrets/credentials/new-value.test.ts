import type { ConnectorRequest, Resolved, Rewrap } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connector, seedKey } from '../../test-connection/testing/connectors.ts';
import { createSecret } from '../../test-connection/testing/requests.ts';
import { scopeQuery } from '../../test-support/fixtures.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { findManager, lockManager } from '../managers/secret-manager.ts';
import { type KmsSecrets, startKmsSecrets } from '../testing/kms-secrets.ts';

interface User {
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

let world: KmsSecrets;
let count = 0;
/** The connector of a test; its access key and the ARN of its key are secrets of these names with `id_`, `key_`, `arn_`. */
let kms: string;
let user: User;

function newUser(keys: readonly string[] | '*' = '*'): User {
  count += 1;
  const policy = { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: keys } };
  return { name: `user-${count}`, ...world.simulator.admin.createUser({ name: `user-${count}`, policy }) };
}

const newKey = () => {
  count += 1;
  return world.simulator.admin.createKey({ name: `key-${count}` }).arn;
};

const specOf = (id: string, key: string): Partial<ConnectorRequest['spec']> => ({
  credential: { type: 'ManualConfig', spec: { accessKey: `account.${id}`, secretKey: `account.${key}` } },
});

const settings = (spec: Partial<ConnectorRequest['spec']>) => ({
  connector: connector(
    world.server,
    kms,
    { type: 'ManualConfig', spec: {} },
    { kmsArn: `account.arn_${kms}`, kmsArnInPlainText: undefined, ...spec },
  ),
});

/** Gives a secret another value as the console does, and tells how often KMS was asked to decrypt meanwhile. */
async function replace(identifier: string, value: string) {
  const { requests } = world.simulator;
  const before = requests.of('kms', 'Decrypt');
  const answer = await world.call(
    'PUT',
    `/ng/api/v2/secrets/${identifier}?requireProof=true`,
    world.body(identifier, value),
  );
  return { ...answer, asked: requests.of('kms', 'Decrypt') - before };
}

async function readValue(reference: string): Promise<string | undefined> {
  const path = '/api/secrets/resolve';
  const { body } = await world.call<{ resolved: Resolved[] }>('POST', path, { references: [reference] });
  const [only] = body.resolved;
  return only?.status === 'ok' ? only.value : undefined;
}

const versionOf = async (identifier: string) =>
  (await world.call('GET', `/ng/api/v2/secrets/${identifier}`)).body.data.version;

const changedAt = async () =>
  (await world.call<{ data: { lastModifiedAt: number } }>('GET', `/ng/api/connectors/${kms}`)).body.data.lastModifiedAt;

const fingerprintOf = async (identifier: string) =>
  world.server.db
    .selectFrom('data_keys')
    .select('key_fingerprint')
    .where('id', '=', (await world.valueRow(identifier)).data_key_id)
    .executeTakeFirstOrThrow();

/** The rewrap of the test's connector, once it has ended. */
async function rewrapped(): Promise<Rewrap> {
  for (;;) {
    const { body } = await world.call<{ content: Rewrap[] }>('GET', '/api/secrets/rewraps');
    const newest = body.content.find(({ from }) => from.reference === `account.${kms}`);
    if (newest && newest.state !== 'running') return newest;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describeEachEngine((engine) => {
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
  });
  beforeEach(async () => {
    count += 1;
    kms = `kms_${count}`;
    user = newUser();
    await createSecret(world.server, `id_${kms}`, user.accessKeyId);
    await createSecret(world.server, `key_${kms}`, user.secretAccessKey);
    await createSecret(world.server, `arn_${kms}`, seedKey(world.simulator.seed, 'working'));
    const made = await world.call('POST', '/ng/api/connectors', settings(specOf(`id_${kms}`, `key_${kms}`)));
    expect(made.status).toBe(200);
  });
  afterEach(() => world.simulator.faults.clear());
  afterAll(() => world.close());

  const keep = (identifier: string, value = `value of ${identifier}`) =>
    world.create(identifier, value, { manager: kms });

  describe('half of an access key with which a connector reads what it keeps', () => {
    it('is not replaced alone: the refusal has the finding and the way, and nothing is stored', async () => {
      await keep(`in_${kms}`);
      const other = newUser();
      const before = await changedAt();
      for (const [id, value, finding] of [
        [`id_${kms}`, other.accessKeyId, 'secret-key-wrong'],
        [`key_${kms}`, other.secretAccessKey, 'secret-key-wrong'],
        [`id_${kms}`, 'AKIANOSUCHKEY0000000', 'access-key-unknown'],
      ] as const) {
        const refused = await replace(id, value);
        expect(refused).toMatchObject({
          status: 400,
          body: { code: 'KMS_OPERATION_ERROR', metadata: { finding: { code: finding } } },
        });
        expect(refused.body.message).toContain(
          `With this value, secrets that are stored under “${kms}” could not be read`,
        );
        expect(refused.body.responseMessages?.[0]?.message).toContain('create two new secrets');
        expect(JSON.stringify(refused.body)).not.toContain(other.secretAccessKey);
        expect(await versionOf(id)).toBe(1);
      }
      expect(await changedAt()).toBe(before);
      expect(await readValue(`account.in_${kms}`)).toBe(`value of in_${kms}`);
    });

    it('is replaced with the other by two new secrets, as the refusal says', async () => {
      await keep(`in_${kms}`);
      const other = newUser();
      await createSecret(world.server, `new_id_${kms}`, other.accessKeyId);
      await createSecret(world.server, `new_key_${kms}`, other.secretAccessKey);
      const pointed = await world.call(
        'PUT',
        '/ng/api/connectors',
        settings(specOf(`new_id_${kms}`, `new_key_${kms}`)),
      );
      expect(pointed.status).toBe(200);
      world.simulator.admin.setAccessKeyStatus(user.name, 'Inactive');
      expect(await readValue(`account.in_${kms}`)).toBe(`value of in_${kms}`);
      for (const old of [`id_${kms}`, `key_${kms}`]) {
        expect((await world.call('DELETE', `/ng/api/v2/secrets/${old}`)).status).toBe(200);
      }
    });

    it('is replaced in its place, and so is the other, where AWS does not take the key any more', async () => {
      await keep(`in_${kms}`);
      world.simulator.admin.setAccessKeyStatus(user.name, 'Inactive');
      const other = newUser();
      expect((await replace(`id_${kms}`, other.accessKeyId)).status).toBe(200);
      expect((await replace(`key_${kms}`, other.secretAccessKey)).status).toBe(200);
      expect(await readValue(`account.in_${kms}`)).toBe(`value of in_${kms}`);
    });

    it('is checked where a connector of a project uses it, and while KMS is away nobody knows', async () => {
      const place = { orgIdentifier: 'o1', projectIdentifier: `p_${kms}` };
      const below = settings({ ...specOf(`id_${kms}`, `key_${kms}`) }).connector;
      const query = scopeQuery(place);
      const given = { connector: { ...below, ...place, identifier: 'below', name: 'of the project' } };
      expect((await world.call('POST', `/ng/api/connectors?${query}`, given)).status).toBe(200);
      await world.create('in_below', 'v', { manager: 'below', place });
      expect((await replace(`key_${kms}`, newUser().secretAccessKey)).body.message).toContain('under “of the project”');
      world.simulator.faults.add({ service: 'kms', kind: 'throttle' });
      expect(await replace(`key_${kms}`, user.secretAccessKey.toLowerCase())).toMatchObject({
        status: 400,
        body: { metadata: { finding: { code: 'throttled' } } },
      });
    });

    it('is not replaced by what is no access key at all, also where AWS does not take the present one', async () => {
      await keep(`in_${kms}`);
      world.simulator.admin.setAccessKeyStatus(user.name, 'Inactive');
      expect(await replace(`id_${kms}`, 'no access key')).toMatchObject({
        status: 400,
        body: {
          metadata: { finding: { code: expect.stringMatching(/^(access-key-id-malformed|stray-whitespace)$/) } },
        },
      });
    });

    it('does not come back with an older version that does not fit the other half', async () => {
      const second = newUser();
      await replace(`id_${kms}`, second.accessKeyId);
      await replace(`key_${kms}`, second.secretAccessKey);
      await keep(`in_${kms}`);
      const restore = (id: string) => world.call('POST', `/api/secrets/${id}/versions/1/restore`);
      expect(await restore(`id_${kms}`)).toMatchObject({
        status: 400,
        body: { metadata: { finding: { code: 'secret-key-wrong' } } },
      });
      expect(await versionOf(`id_${kms}`)).toBe(2);
      world.simulator.admin.setAccessKeyStatus(second.name, 'Inactive');
      expect((await restore(`id_${kms}`)).status).toBe(200);
      expect((await restore(`key_${kms}`)).status).toBe(200);
      expect(await readValue(`account.in_${kms}`)).toBe(`value of in_${kms}`);
    });
  });

  describe('half of an access key, from a program that replaces both', () => {
    it('is stored as it comes, and whoever reads or writes meanwhile waits for the second', async () => {
      await keep(`in_${kms}`);
      const other = newUser();
      const { requests } = world.simulator;
      expect((await world.change(`key_${kms}`, other.secretAccessKey)).status).toBe(200);
      const before = [requests.of('kms', 'Decrypt'), requests.of('kms', 'GenerateDataKey')] as const;
      const reading = readValue(`account.in_${kms}`);
      const writing = keep(`meanwhile_${kms}`);
      await expect.poll(() => requests.of('kms', 'Decrypt')).toBeGreaterThan(before[0]);
      await expect.poll(() => requests.of('kms', 'GenerateDataKey')).toBeGreaterThan(before[1]);
      expect((await world.change(`id_${kms}`, other.accessKeyId)).status).toBe(200);
      expect(await reading).toBe(`value of in_${kms}`);
      expect(await writing).toMatchObject({ status: 200 });
      expect(await readValue(`account.meanwhile_${kms}`)).toBe(`value of meanwhile_${kms}`);
    });

    it('is not waited for without end: the finding is told within the time of any read', {
      timeout: 15_000,
    }, async () => {
      await keep(`in_${kms}`);
      await world.change(`key_${kms}`, newUser().secretAccessKey);
      const startedAt = performance.now();
      expect(await readValue(`account.in_${kms}`)).toBeUndefined();
      expect(performance.now() - startedAt).toBeLessThan(6500);
    });

    it('leaves nothing behind of a rewrap that the ARN began at the same time', { timeout: 15_000 }, async () => {
      for (const n of [1, 2]) await keep(`in_${n}_${kms}`);
      const other = newUser();
      expect((await world.change(`id_${kms}`, other.accessKeyId)).status).toBe(200);
      expect((await world.change(`arn_${kms}`, newKey())).status).toBe(200);
      const { requests } = world.simulator;
      const before = requests.of('kms', 'GenerateDataKey');
      await expect.poll(() => requests.of('kms', 'GenerateDataKey')).toBeGreaterThan(before);
      expect((await world.change(`key_${kms}`, other.secretAccessKey)).status).toBe(200);
      expect(await rewrapped()).toMatchObject({ state: 'done', rewrapped: 2, failed: 0 });
    });

    it('is stored with the other, and with the ARN, where all of them are tried at the same time', async () => {
      await keep(`in_${kms}`);
      const other = newUser();
      const { faults, requests } = world.simulator;
      const before = requests.of('kms', 'Decrypt');
      faults.add({ service: 'kms', operation: 'Decrypt', kind: 'latency', ms: 700, count: 3 });
      const changes = [
        world.change(`id_${kms}`, other.accessKeyId),
        world.change(`key_${kms}`, other.secretAccessKey),
        world.change(`arn_${kms}`, newKey()),
      ];
      await expect.poll(() => requests.of('kms', 'Decrypt')).toBe(before + 3);
      for (const { body } of await Promise.all(changes)) expect(body.status, body.message).toBe('SUCCESS');
      world.simulator.admin.setAccessKeyStatus(user.name, 'Inactive');
      expect(await readValue(`account.in_${kms}`)).toBe(`value of in_${kms}`);
    });

    it('is on record as not proven, and has the connection tested within seconds', async () => {
      await keep(`in_${kms}`);
      const { storage } = world.server.deps;
      const stored = await storage.connectors.find({}, kms);
      await world.change(`key_${kms}`, newUser().secretAccessKey);
      const { body } = await world.call<{ data: { content: { details?: object }[] } }>(
        'POST',
        '/audit/api/audits/list?pageSize=50',
        { resources: [{ type: 'SECRET', identifier: `key_${kms}` }] },
      );
      expect(JSON.stringify(body.data.content)).toContain('"unproven":"secret-key-wrong"');
      const due = await storage.schedule.nextCheckAt(stored?.id ?? '');
      expect(Date.parse(due ?? '')).toBeLessThanOrEqual(Date.now() + 1000);
    });

    it('is refused all the same where the key that it completes may not decrypt what is kept', async () => {
      await keep(`in_${kms}`);
      const other = newUser([newKey()]);
      expect((await world.change(`key_${kms}`, other.secretAccessKey)).status).toBe(200);
      expect(await world.change(`id_${kms}`, other.accessKeyId)).toMatchObject({
        status: 400,
        body: { code: 'KMS_OPERATION_ERROR' },
      });
      expect((await world.change(`id_${kms}`, 'no access key')).status).toBe(400);
      expect(await versionOf(`id_${kms}`)).toBe(1);
    });
  });

  describe('the ARN of the key of a connector that keeps secrets', () => {
    it('is replaced by another one: what is kept is encrypted anew under that key, and is read at every moment', async () => {
      for (const n of [1, 2]) await keep(`arn_${n}_${kms}`);
      const before = await fingerprintOf(`arn_1_${kms}`);
      const arn = newKey();
      expect(await replace(`arn_${kms}`, arn)).toMatchObject({ status: 200, asked: 1 });
      expect(await readValue(`account.arn_1_${kms}`)).toBe(`value of arn_1_${kms}`);
      // A value that is written at once is under the new key already: the key in memory is not used any more.
      await keep(`arn_3_${kms}`);
      const after = await fingerprintOf(`arn_3_${kms}`);
      expect(after).not.toEqual(before);
      expect(await rewrapped()).toMatchObject({ state: 'done', cause: 'key-changed', rewrapped: 2, failed: 0 });
      for (const n of [1, 2]) {
        expect(await fingerprintOf(`arn_${n}_${kms}`)).toEqual(after);
        expect(await readValue(`account.arn_${n}_${kms}`)).toBe(`value of arn_${n}_${kms}`);
      }
      const { body } = await world.call<{ data: { content: { details?: object }[] } }>(
        'POST',
        '/audit/api/audits/list?pageSize=50',
        { resources: [{ type: 'SECRET', identifier: `arn_${kms}` }] },
      );
      expect(JSON.stringify(body.data.content)).not.toContain(arn);
    });

    it('is replaced, too, where what is kept can not be read now either, for the same cause', async () => {
      await keep(`in_${kms}`);
      world.simulator.admin.putUserPolicy(user.name, {
        Statement: { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: '*' },
      });
      expect((await replace(`arn_${kms}`, newKey())).status).toBe(200);
      expect(await rewrapped()).toMatchObject({ state: 'done', failed: 1 });
    });
  });

  it('a connector takes settings that were read before the value of its secret was replaced, as a wizard saves them', async () => {
    await keep(`in_${kms}`);
    const read = await changedAt();
    expect((await replace(`arn_${kms}`, newKey())).status).toBe(200);
    const { connector: given } = settings(specOf(`id_${kms}`, `key_${kms}`));
    const answer = await world.server.fetch('/ng/api/connectors', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'if-match': String(read) },
      body: JSON.stringify({ connector: { ...given, name: 'renamed' } }),
    });
    expect(answer.status).toBe(200);
    expect(await readValue(`account.in_${kms}`)).toBe(`value of in_${kms}`);
  });

  it('a value that changes nothing asks nobody, and one of a connector that keeps nothing is the user’s own affair', async () => {
    expect(await replace(`id_${kms}`, 'anything')).toMatchObject({ status: 200, asked: 0 });
    expect(await replace(`id_${kms}`, user.accessKeyId)).toMatchObject({ status: 200, asked: 0 });
    await keep(`in_${kms}`);
    const before = await changedAt();
    expect(await replace(`id_${kms}`, user.accessKeyId)).toMatchObject({ status: 200, asked: 0 });
    const renamed = { ...world.body(`id_${kms}`, '').secret, name: 'renamed' };
    expect((await world.call('PUT', `/ng/api/v2/secrets/id_${kms}`, { secret: renamed })).status).toBe(200);
    expect(await changedAt()).toBe(before);
  });

  it('a value that was encrypted before the change, and is to be stored after it, is not stored', async () => {
    const { storage } = world.server.deps;
    const permitted = { access: { require() {} } };
    const manager = await findManager(storage, permitted, kms, {});
    expect((await replace(`arn_${kms}`, newKey())).status).toBe(200);
    await expect(storage.unrecorded((stores) => lockManager(stores, manager))).rejects.toMatchObject({
      code: 'OPTIMISTIC_LOCKING_EXCEPTION',
    });
    const again = await findManager(storage, permitted, kms, {});
    await storage.unrecorded((stores) => lockManager(stores, again));
  });

  it('a new secret that is encrypted meanwhile is encrypted anew, under what the connector has then', async () => {
    const { faults, requests } = world.simulator;
    const before = requests.of('kms', 'GenerateDataKey');
    faults.add({ service: 'kms', operation: 'GenerateDataKey', kind: 'latency', ms: 700, count: 1 });
    const creating = keep(`in_${kms}`);
    await expect.poll(() => requests.of('kms', 'GenerateDataKey')).toBe(before + 1);
    expect((await replace(`arn_${kms}`, newKey())).status).toBe(200);
    expect(await creating).toMatchObject({ status: 200 });
    await keep(`next_${kms}`);
    expect(await fingerprintOf(`in_${kms}`)).toEqual(await fingerprintOf(`next_${kms}`));
  });

  it.each([
    ['another value', () => replace(`arn_${kms}`, newKey())],
    ['an older one', () => world.call('POST', `/api/secrets/arn_${kms}/versions/1/restore`)],
  ])('%s is tried again where a connector was changed while it was tried', async (_what, change) => {
    await replace(`arn_${kms}`, newKey());
    await keep(`in_${kms}`);
    const { faults, requests } = world.simulator;
    const before = requests.of('kms', 'Decrypt');
    faults.add({ service: 'kms', operation: 'Decrypt', kind: 'latency', ms: 1500, count: 1 });
    const changing = change();
    await expect.poll(() => requests.of('kms', 'Decrypt')).toBe(before + 1);
    const { connector: given } = settings(specOf(`id_${kms}`, `key_${kms}`));
    expect((await world.call('PUT', '/ng/api/connectors', { connector: { ...given, name: 'renamed' } })).status).toBe(
      200,
    );
    expect(await changing).toMatchObject({ status: 200 });
    expect(requests.of('kms', 'Decrypt')).toBeGreaterThanOrEqual(before + 2);
    expect(await versionOf(`arn_${kms}`)).toBe(3);
  });
});
