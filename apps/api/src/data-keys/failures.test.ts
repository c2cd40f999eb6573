import { errorBodySchema } from '@wardline/contracts';
import { fastify } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { errorsPlugin } from '../plugins/errors.ts';
import { seedKey } from '../test-connection/testing/connectors.ts';
import { createSecret } from '../test-connection/testing/requests.ts';
import type { WardlineError } from '../wardline-error.ts';
import { type KeyWorld, startKeyWorld } from './testing/key-world.ts';

let world: KeyWorld;
beforeAll(async () => {
  world = await startKeyWorld('sqlite');
});
afterEach(() => world.simulator.faults.clear());
afterAll(() => world.close());

/** The error of a use that must fail, and how long it took, in milliseconds. */
async function failureOf(use: Promise<unknown>) {
  const startedAt = performance.now();
  const error = await use.then(
    () => {
      throw new Error('It succeeded.');
    },
    (thrown: WardlineError) => thrown,
  );
  return { code: error.code, finding: error.details.finding?.code, ms: performance.now() - startedAt, error };
}

async function storedKeys(connector: string): Promise<number> {
  const { id } = await world.find(connector);
  const rows = await world.server.db.selectFrom('data_keys').select('id').where('connector_id', '=', id).execute();
  return rows.length;
}

describe('KMS that is away', () => {
  it('for a moment is asked again, and nobody notices', async () => {
    const connector = await world.connector();
    world.simulator.faults.add({ service: 'kms', kind: 'throttle', count: 2 });
    const sealed = await world.newProcess().seal(connector);
    world.simulator.faults.add({ service: 'kms', kind: 'server-error', status: 500, count: 2 });
    const reader = world.newProcess();
    expect(await reader.open(sealed)).toBe('a value');
    expect(reader.dataKeys.counts.kmsCalls).toBe(3);
  });

  it('for long leaves cached keys readable; others fail within the deadline, and then at once', async () => {
    const connector = await world.connector();
    const writer = world.newProcess({ bounds: { maxMessages: 1 } });
    const [known, other, another] = [
      await writer.seal(connector, 'known'),
      await writer.seal(connector),
      await writer.seal(connector),
    ];
    const reader = world.newProcess();
    await reader.open(known);

    const restore = world.simulator.faults.add({ service: 'kms', kind: 'throttle' });
    const failed = await failureOf(reader.open(other));
    expect(failed).toMatchObject({ code: 'KMS_OPERATION_ERROR', finding: 'throttled' });
    // The deadline is 5 s; the rest is for a machine that has other things to do.
    expect(failed.ms).toBeLessThan(6500);
    const after = await failureOf(reader.open(another));
    expect(after).toMatchObject({ code: 'KMS_OPERATION_ERROR', finding: 'throttled' });
    expect(after.ms).toBeLessThan(1000);
    expect(await failureOf(reader.seal(connector))).toMatchObject({ finding: 'throttled' });
    for (let n = 0; n < 100; n += 1) expect(await reader.open(known)).toBe('known');

    restore();
    await expect.poll(() => reader.open(another).catch(() => undefined), { timeout: 3000 }).toBe('a value');
  });

  it('and never answers is given up in time', async () => {
    const connector = await world.connector();
    const sealed = await world.newProcess().seal(connector);
    world.simulator.faults.add({ service: 'kms', kind: 'hang' });
    const reader = world.newProcess();
    const failures = await Promise.all([failureOf(reader.open(sealed)), failureOf(reader.open(sealed))]);
    for (const { code, ms } of failures) {
      expect(code).toBe('KMS_OPERATION_ERROR');
      expect(ms).toBeLessThan(6500);
    }
  });
});

describe('a key of the customer', () => {
  it('that was rotated reads what it wrote before', async () => {
    const connector = await world.connector();
    const before = await world.newProcess().seal(connector, 'before');
    world.simulator.admin.rotateKey('working');
    const after = await world.newProcess().seal(connector, 'after');
    const reader = world.newProcess();
    expect([await reader.open(before), await reader.open(after)]).toEqual(['before', 'after']);
  });

  it('that the connector does not use any more reads what it wrote', async () => {
    const { arn } = world.simulator.admin.createKey({ name: 'before' });
    const connector = await world.connector('ManualConfig', { kmsArnInPlainText: arn });
    const sealed = await world.newProcess().seal(connector);
    await world.change(connector, 'ManualConfig');
    expect(await world.newProcess().open(sealed)).toBe('a value');
  });

  it('that is disabled is named as the cause, at once, and works again once it is enabled', async () => {
    const { arn } = world.simulator.admin.createKey({ name: 'sometimes' });
    const connector = await world.connector('ManualConfig', { kmsArnInPlainText: arn });
    const sealed = await world.newProcess().seal(connector);
    world.simulator.admin.disableKey(arn);
    const reader = world.newProcess();
    const failed = await failureOf(reader.open(sealed));
    expect(failed).toMatchObject({ code: 'KMS_OPERATION_ERROR', finding: 'key-disabled' });
    expect(failed.ms).toBeLessThan(3000);
    const calls = await world.callsDuring(() => failureOf(reader.open(sealed)));
    expect(calls).toEqual({ made: 0, opened: 0 });
    world.simulator.admin.enableKey(arn);
    await expect.poll(() => reader.open(sealed).catch(() => undefined), { timeout: 3000 }).toBe('a value');
  });

  it('that may make data keys and not decrypt them makes none that anything is encrypted under', async () => {
    const policy = { Statement: { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: '*' } };
    const user = world.simulator.admin.createUser({ name: 'makes-only', policy });
    await createSecret(world.server, 'makes_only_id', user.accessKeyId);
    await createSecret(world.server, 'makes_only_key', user.secretAccessKey);
    const connector = await world.connector();
    await world.change(connector, 'ManualConfig', {
      credential: {
        type: 'ManualConfig',
        spec: { accessKey: 'account.makes_only_id', secretKey: 'account.makes_only_key' },
      },
    });
    const failed = await failureOf(world.newProcess().seal(connector));
    expect(failed).toMatchObject({ code: 'KMS_OPERATION_ERROR', finding: 'iam-not-allowed' });
    expect(failed.error.message).toContain('kms:Decrypt');
    expect(await storedKeys(connector)).toBe(0);
  });
});

describe('a connector that cannot be used', () => {
  it('because its delegate is not there is used nowhere else', async () => {
    const credential = { type: 'AssumeIAMRole' as const, spec: { delegateSelectors: ['eu-vpc'] } };
    const connector = await world.connector('AssumeIAMRole', { credential });
    let failed: Awaited<ReturnType<typeof failureOf>> | undefined;
    const calls = await world.callsDuring(async () => {
      failed = await failureOf(world.newProcess().seal(connector));
    });
    expect(failed).toMatchObject({ code: 'DELEGATE_NOT_AVAILABLE', finding: 'delegate-not-available' });
    expect(calls).toEqual({ made: 0, opened: 0 });
  });

  it('because its secret is spoilt says which', async () => {
    await createSecret(world.server, 'spoilt', seedKey(world.simulator.seed, 'working'));
    const connector = await world.connector('ManualConfig', { kmsArn: 'account.spoilt', kmsArnInPlainText: undefined });
    await world.server.db
      .updateTable('secret_values')
      .set({ message: 'AAAA' })
      .where('secret_id', '=', (query) => query.selectFrom('secrets').select('id').where('identifier', '=', 'spoilt'))
      .execute();
    expect(await failureOf(world.newProcess().seal(connector))).toMatchObject({ finding: 'secret-not-decryptable' });
  });

  it('is told with the finding whole, for people and for programs', async () => {
    const connector = await world.connector('ManualConfig', {
      kmsArnInPlainText: seedKey(world.simulator.seed, 'disabled'),
    });
    const { error } = await failureOf(world.newProcess().seal(connector));
    const app = fastify();
    await app.register(errorsPlugin);
    app.get('/', () => Promise.reject(error));
    const answer = await app.inject('/');
    const body = errorBodySchema.parse(answer.json());
    expect(answer.statusCode).toBe(400);
    expect(body).toMatchObject({
      code: 'KMS_OPERATION_ERROR',
      message: `The secret manager “${connector}” cannot be used: The key is disabled.`,
      metadata: { finding: { code: 'key-disabled', title: 'The key is disabled' } },
    });
    expect(body.responseMessages.map(({ code }) => code)).toEqual([
      'HINT',
      'HINT',
      'EXPLANATION',
      'KMS_OPERATION_ERROR',
    ]);
    expect(body.responseMessages[0]?.message).toContain('aws kms enable-key');
  });
});

describe('an ARN that is kept as a secret', () => {
  it('is neither in the tables nor in an error, also once the connector does not keep it so any more', async () => {
    const { arn, keyId } = world.simulator.admin.createKey({ name: 'secretly' });
    await createSecret(world.server, 'secretly', arn);
    const connector = await world.connector('ManualConfig', {
      kmsArn: 'account.secretly',
      kmsArnInPlainText: undefined,
    });
    const sealed = await world.newProcess().seal(connector);
    const rows = await world.server.db.selectFrom('data_keys').selectAll().where('id', '=', sealed.dataKeyId).execute();
    // KMS names its key in the ciphertext; that is what the installation's own backups hold anyway.
    const text = JSON.stringify(rows.map(({ ciphertext: _, ...row }) => row));
    expect(text).not.toContain(keyId);
    world.simulator.admin.disableKey(arn);
    const hidden = await failureOf(world.newProcess().open(sealed));
    expect(hidden.finding).toBe('key-disabled');
    await world.change(connector, 'ManualConfig');
    const still = await failureOf(world.newProcess().open(sealed));
    expect(still.finding).toBe('key-disabled');
    for (const { error } of [hidden, still]) expect(JSON.stringify(error.details) + error.message).not.toContain(keyId);
  });
});
