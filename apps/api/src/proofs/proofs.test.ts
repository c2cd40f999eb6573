import type { SecretProof } from '@wardline/contracts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataKeys } from '../data-keys/data-keys.ts';
import { DelegateHub } from '../delegates/connect/hub.ts';
import { signingKeys } from '../oidc/signing-keys.ts';
import { createRunners } from '../runners/runners.ts';
import { type KmsSecrets, startKmsSecrets } from '../secrets/testing/kms-secrets.ts';
import { seedKey } from '../test-connection/testing/connectors.ts';
import { describeEachEngine } from '../test-support/test-app.ts';
import { ValueProver } from './value-prover.ts';

const DAY_MS = 86_400_000;

describeEachEngine((engine) => {
  let world: KmsSecrets;
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
    await world.connector('proven');
  });
  afterAll(() => world.close());

  /** A process of its own, with no data key in memory. */
  function newProver(processId: string, options: { now?: () => Date; log?: string[] } = {}) {
    const { deps } = world.server;
    const { now = deps.now, log = [] } = options;
    const logger = pino({ level: 'warn' }, { write: (line: string) => void log.push(line) });
    const runners = createRunners({ ...deps, hub: new DelegateHub(), elsewhere: () => [] });
    const dataKeys = new DataKeys({ ...deps, logger, runners, signingKeys: signingKeys(deps) });
    return new ValueProver({ ...deps, now, logger, dataKeys, processId });
  }

  const proofOf = async (identifier: string): Promise<SecretProof | undefined> =>
    (await world.call('GET', `/ng/api/v2/secrets/${identifier}`)).body.data.proof;

  const eventsOf = async (identifier: string) => {
    const { body } = await world.call<{ data: { content: { outcome: string; resource: { identifier: string } }[] } }>(
      'POST',
      '/audit/api/audits/list?pageSize=100',
      { actions: ['PROVE'] },
    );
    return body.data.content.filter(({ resource }) => resource.identifier === identifier).map(({ outcome }) => outcome);
  };

  it('decrypts what is stored, with data keys that KMS opens anew, and tells when it did', async () => {
    await world.create('in_kms', 'v', { manager: 'proven' });
    await world.create('built_in', 'v');
    expect((await proofOf('in_kms'))?.state).toBe('pending');
    const opened = world.simulator.requests.of('kms', 'Decrypt');
    await newProver('one').look();
    expect(world.simulator.requests.of('kms', 'Decrypt')).toBeGreaterThan(opened);
    for (const name of ['in_kms', 'built_in']) {
      const proof = await proofOf(name);
      expect(proof?.state).toBe('proven');
      expect(proof?.provenAt).toBeGreaterThan(Date.now() - 60_000);
    }
    // What went as expected is nobody's deed.
    expect(await eventsOf('in_kms')).toEqual([]);
  });

  it('finds a damaged row, says so once, and says when it can be read again', async () => {
    await world.create('damaged', 'a value', { manager: 'proven' });
    const { id, message } = await world.valueRow('damaged');
    const bytes = Buffer.from(message, 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const write = (text: string) =>
      world.server.db.updateTable('secret_values').set({ message: text }).where('id', '=', id).execute();
    await write(bytes.toString('base64'));

    await newProver('one').look();
    await newProver('one').look();
    expect(await proofOf('damaged')).toMatchObject({ state: 'failed', finding: { code: 'value-damaged' } });
    expect(await eventsOf('damaged')).toEqual(['FAILURE']);

    await write(message);
    await newProver('one').look();
    expect(await proofOf('damaged')).toMatchObject({ state: 'proven', finding: null });
    expect(await eventsOf('damaged')).toEqual(['SUCCESS', 'FAILURE']);
  });

  it('finds a KMS key that was disabled, although its data keys are still in memory', async () => {
    const { keyId } = world.simulator.admin.createKey({ name: 'doomed' });
    const kmsArnInPlainText = seedKey(world.simulator.seed, 'working').replace(/key\/.*$/, `key/${keyId}`);
    await world.connector('doomed', { spec: { kmsArnInPlainText } });
    await world.create('doomed_secret', 'v', { manager: 'doomed' });
    world.simulator.admin.disableKey(keyId);
    await newProver('one').look();
    expect(await proofOf('doomed_secret')).toMatchObject({ state: 'failed', finding: { code: 'key-disabled' } });
    world.simulator.admin.enableKey(keyId);
    await newProver('one').look();
    expect((await proofOf('doomed_secret'))?.state).toBe('proven');
  });

  it('tries the others too where many can not be read', async () => {
    const { keyId } = world.simulator.admin.createKey({ name: 'half' });
    const kmsArnInPlainText = seedKey(world.simulator.seed, 'working').replace(/key\/.*$/, `key/${keyId}`);
    await world.connector('half', { spec: { kmsArnInPlainText } });
    // As many as one look takes of a manager.
    for (let n = 0; n < 5; n += 1) await world.create(`unreadable_${n}`, 'v', { manager: 'half' });
    const { storage, now } = world.server.deps;
    world.simulator.admin.disableKey(keyId);
    const connector = await storage.connectors.find({}, 'half');
    const found = await storage.proofs.oldest(connector?.id ?? '', 5);
    await newProver('one').look();
    expect((await proofOf('unreadable_4'))?.state).toBe('failed');
    world.simulator.admin.enableKey(keyId);
    await world.create('healthy', 'v', { manager: 'half' });
    world.simulator.admin.disableKey(keyId);
    const names = async () =>
      (await storage.proofs.oldest(connector?.id ?? '', 5)).map(({ secret }) => secret.identifier);
    expect(await names()).toContain('healthy');
    world.simulator.admin.enableKey(keyId);

    // What was replaced while it was read says nothing, and is on no record.
    const [one] = found;
    if (!one) throw new Error('Nothing is stored.');
    const finding = { code: 'value-damaged', title: 't', explanation: 'e', fixes: [] };
    const note = (message: string) =>
      storage.unrecorded(({ proofs }) => proofs.noteFailed({ ...one.value, message }, finding, now().toISOString()));
    expect(await note('AAAA')).toBe(false);
    expect(await note(one.value.message)).toBe(true);
  });

  it('does not blame a value for a KMS that is away for a moment', async () => {
    await world.create('blameless', 'v', { manager: 'proven' });
    world.simulator.faults.add({ kind: 'server-error', service: 'kms', status: 500, operation: 'Decrypt' });
    await newProver('one').look();
    world.simulator.faults.clear();
    expect((await proofOf('blameless'))?.state).toBe('pending');
    expect(await eventsOf('blameless')).toEqual([]);
  }, 60_000);

  it('is one process’s work at a time, and anyone’s when that one is gone', async () => {
    await world.create('shared_work', 'v');
    const { storage } = world.server.deps;
    const until = new Date(Date.now() + 60_000).toISOString();
    const lease = { name: 'proofs', owner: 'another', now: new Date().toISOString(), until };
    expect(await storage.unrecorded(({ leases }) => leases.claim(lease))).toBe(true);
    await newProver('one').look();
    expect((await proofOf('shared_work'))?.state).toBe('pending');
    await newProver('one', { now: () => new Date(Date.now() + 61_000) }).look();
    expect((await proofOf('shared_work'))?.state).toBe('proven');
  });

  it('warns of values that were not proven for most of the time that the policy allows', async () => {
    const log: string[] = [];
    await world.create('kept_from_proof', 'v', { manager: 'proven' });
    world.simulator.faults.add({ kind: 'server-error', service: 'kms', status: 500, operation: 'Decrypt' });
    await newProver('one', { log, now: () => new Date(Date.now() + 6 * DAY_MS) }).look();
    world.simulator.faults.clear();
    expect(log.join('')).toContain('not proven readable for most of the time that the policy allows');
  }, 60_000);
});
