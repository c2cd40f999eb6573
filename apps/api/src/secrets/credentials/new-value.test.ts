import { describe, expect, it } from 'vitest';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { findManager, lockManager } from '../managers/secret-manager.ts';
import {
  changedAt,
  fingerprintOf,
  keep,
  kms,
  newKey,
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
