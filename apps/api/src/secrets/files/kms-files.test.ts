import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecret } from '../../test-connection/testing/requests.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { type KmsSecrets, startKmsSecrets } from '../testing/kms-secrets.ts';
import { fileCalls } from './testing/file-calls.ts';
import { stored } from './testing/file-world.ts';
import { file, spec } from './testing/form.ts';
import { openUpload } from './testing/open-upload.ts';

const content = randomBytes(500_000);

describeEachEngine((engine) => {
  let world: KmsSecrets;
  let files: ReturnType<typeof fileCalls>;
  let look: ReturnType<typeof stored>;
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
    files = fileCalls(world.server.url);
    look = stored(world.server.db);
    await world.connector('kms');
  });
  afterAll(() => world.close());

  const under = (manager: string) => ({ spec: { secretManagerIdentifier: manager } });

  it('a file is kept under a key of AWS KMS: one data key for many, and the connector is in use by it', async () => {
    expect((await files.create(spec('one', under('kms')), file(content))).status).toBe(200);
    expect((await files.create(file(content), spec('two', under('account.kms')))).status).toBe(200);
    const [one, two] = [await look.valueOf('one'), await look.valueOf('two')];
    expect(one.data_key_id).toEqual(expect.any(String));
    expect(two.data_key_id).toBe(one.data_key_id);
    expect((await files.contentOf('one')).equals(content)).toBe(true);
    expect((await files.contentOf('two')).equals(content)).toBe(true);
    const refused = await world.call('DELETE', '/ng/api/connectors/kms?accountIdentifier=default');
    expect(refused.body.code).toBe('ENTITY_REFERENCE_EXCEPTION');
  });

  it('under a connector whose key cannot be used nothing is stored, and the answer says why', async () => {
    await world.connector('broken', { key: 'disabled' });
    const before = await look.bodies();
    for (const parts of [
      [spec('lost', under('broken')), file(content)],
      [file(content), spec('lost', under('broken'))],
    ]) {
      const refused = await files.create(...parts);
      expect(refused).toMatchObject({ status: 400, body: { code: 'KMS_OPERATION_ERROR' } });
      expect(refused.body.metadata).toMatchObject({ finding: { code: expect.any(String), fixes: expect.any(Array) } });
    }
    // Told while the file is still to come.
    const begun = openUpload(`${world.server.url}/ng/api/v2/secrets/files`, 'POST', [spec('lost', under('broken'))]);
    const answer = await begun.answer;
    expect([answer.statusCode, JSON.parse(await text(answer))]).toMatchObject([400, { code: 'KMS_OPERATION_ERROR' }]);
    begun.request.destroy();
    expect(await look.bodies()).toEqual(before);
    expect((await world.call('GET', '/ng/api/v2/secrets/lost')).body.code).toBe('RESOURCE_NOT_FOUND_EXCEPTION');
  });

  describe('a file that waits for its data key while its connector gets another KMS key', () => {
    const keys: string[] = [];
    const asked = () => world.simulator.requests.of('kms', 'GenerateDataKey');
    const useOther = async () => {
      keys.reverse();
      expect((await world.change('moving_arn', keys[0] ?? '')).status).toBe(200);
    };
    beforeAll(async () => {
      for (const name of ['one', 'other']) keys.push(world.simulator.admin.createKey({ name }).arn);
      await createSecret(world.server, 'moving_arn', keys[0] ?? '');
      await world.connector('moving', { spec: { kmsArn: 'account.moving_arn', kmsArnInPlainText: undefined } });
    });

    it.each([
      // Asked for before the content is read, too.
      ['is stored', () => files.create(spec('waiting', under('moving')), file(content)), 3],
      ['is changed', () => files.change('waiting', spec('waiting', under('moving')), file(content)), 2],
    ])('%s', async (_what, store, times) => {
      await useOther();
      const before = asked();
      world.simulator.faults.add({
        service: 'kms',
        operation: 'GenerateDataKey',
        kind: 'latency',
        ms: 700,
        count: times,
      });
      const storing = store();
      for (let n = 1; n <= times; n += 1) {
        // What is kept is encrypted anew at the same time.
        await expect.poll(asked).toBeGreaterThanOrEqual(before + n);
        await useOther();
      }
      expect(await storing).toMatchObject({ status: 200 });
      expect((await files.contentOf('waiting')).equals(content)).toBe(true);
    });
  });

  it('a change under a connector that was disabled is refused, and the file can be read again when it is enabled', async () => {
    await world.connector('switched');
    await files.create(spec('kept', under('switched')), file('first content'));
    await world.call('POST', '/api/connectors/switched/disable');
    const refused = await files.change('kept', spec('kept', under('switched')), file('second content'));
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST', errors: [{ fieldId: 'secret.spec.secretManagerIdentifier' }] },
    });
    expect((await files.download('kept')).status).toBe(400);
    expect((await files.change('kept', spec('kept', { ...under('switched'), name: 'Renamed' }))).status).toBe(200);
    await world.call('POST', '/api/connectors/switched/enable');
    expect((await files.contentOf('kept')).toString()).toBe('first content');
  });
});
