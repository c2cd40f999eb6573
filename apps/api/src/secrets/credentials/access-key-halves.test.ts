import { describe, expect, it } from 'vitest';
import { createSecret } from '../../test-connection/testing/requests.ts';
import { scopeQuery } from '../../test-support/fixtures.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import {
  changedAt,
  keep,
  kms,
  newKey,
  newUser,
  readValue,
  replace,
  rewrapped,
  settings,
  specOf,
  useConnectorOfSecrets,
  user,
  versionOf,
  world,
} from './testing/connector-of-secrets.ts';

describeEachEngine((engine) => {
  useConnectorOfSecrets(engine);

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
});
