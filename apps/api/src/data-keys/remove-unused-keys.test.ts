import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KmsSecrets, startKmsSecrets } from '../secrets/testing/kms-secrets.ts';
import { seedKey } from '../test-connection/testing/connectors.ts';
import { describeEachEngine } from '../test-support/test-app.ts';
import { removeUnusedKeys } from './remove-unused-keys.ts';

const HOUR = 3_600_000;
const never = new AbortController().signal;

describeEachEngine((engine) => {
  let world: KmsSecrets;
  let count = 0;
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
  });
  afterAll(() => world.close());

  /** What a process does so many hours from now, under its own name and with nothing in memory but what it is told. */
  const look = (hours: number, { sealing = [], process = 'one' }: { sealing?: string[]; process?: string } = {}) => {
    const now = () => new Date(Date.now() + hours * HOUR);
    const dataKeys = { sealing: () => new Set(sealing) };
    return removeUnusedKeys({ storage: world.server.deps.storage, now, dataKeys, processId: process }, never);
  };

  const keysOf = async (ids: readonly string[]) => {
    const { db } = world.server;
    const rows = await db.selectFrom('data_keys').select('id').where('id', 'in', ids).orderBy('id').execute();
    return rows.map(({ id }) => id);
  };

  /** A secret under a data key of its own, which is in memory for the next one, too. */
  async function stored(): Promise<{ identifier: string; kms: string; key: string }> {
    count += 1;
    const [identifier, kms] = [`kept_${count}`, `kms_${count}`];
    await world.connector(kms);
    expect((await world.create(identifier, 'v', { manager: kms })).status).toBe(200);
    return { identifier, kms, key: (await world.valueRow(identifier)).data_key_id ?? '' };
  }
  const remove = (identifier: string) => world.call('DELETE', `/ng/api/v2/secrets/${identifier}`);

  describe('a data key that no value uses', () => {
    it('goes, once nobody can encrypt under it or is reading what was under it', async () => {
      const { identifier, key } = await stored();
      const used = await stored();
      await remove(identifier);
      // It is sealed under for an hour; then six more pass for what was encrypted, and six for what was read.
      for (const hours of [0, 6.9, 7.1, 13]) expect(await look(hours)).toBe(0);
      expect(await keysOf([key, used.key])).toEqual([key, used.key].sort());
      expect(await look(13.2)).toBe(1);
      expect(await keysOf([key, used.key])).toEqual([used.key]);
      expect(await look(1000)).toBe(0);
      expect((await world.call('GET', `/ng/api/v2/secrets/${used.identifier}`)).status).toBe(200);
    });

    it('stays while its process may encrypt under it', async () => {
      const { identifier, key } = await stored();
      await remove(identifier);
      await look(100, { sealing: [key] });
      expect(await look(200, { sealing: [key] })).toBe(0);
      expect(await keysOf([key])).toEqual([key]);
      await look(300);
      expect(await look(310)).toBe(1);
    });

    it('stays where a value came under it after all, and begins anew to be unused', async () => {
      const { identifier, kms, key } = await stored();
      await remove(identifier);
      await look(10);
      expect((await world.create('late', 'v', { manager: kms })).status).toBe(200);
      expect((await world.valueRow('late')).data_key_id).toBe(key);
      expect(await look(20)).toBe(0);
      await remove('late');
      expect(await look(30)).toBe(0);
      expect(await look(35)).toBe(0);
      expect(await look(37)).toBe(1);
    });

    it('of an earlier version of Wardline stays for as long as that could be told to encrypt under it', async () => {
      const { identifier, key } = await stored();
      await remove(identifier);
      const { db } = world.server;
      await db.updateTable('data_keys').set({ sealing_until: null }).where('id', '=', key).execute();
      await look(30 * 24);
      expect(await look(30 * 24 + 7)).toBe(0);
      expect(await look(30 * 24 + 14)).toBe(1);
    });
  });

  it('what is under the former key of a connector can be read, and the former data keys go when all is rewrapped', async () => {
    const { identifier, kms, key } = await stored();
    const { body } = await world.call<{ data: { connector: { spec: object } } }>('GET', `/ng/api/connectors/${kms}`);
    const { connector } = body.data;
    const spec = { ...connector.spec, kmsArnInPlainText: seedKey(world.simulator.seed, 'multi-region') };
    expect((await world.call('PUT', '/ng/api/connectors', { connector: { ...connector, spec } })).status).toBe(200);
    await expect.poll(async () => (await world.valueRow(identifier)).data_key_id).not.toBe(key);
    const after = (await world.valueRow(identifier)).data_key_id ?? '';
    await look(10);
    expect(await look(20)).toBeGreaterThan(0);
    expect(await keysOf([key, after])).toEqual([after]);
    const resolved = await world.call<object>('POST', '/api/secrets/resolve', {
      references: [`account.${identifier}`],
    });
    expect(resolved.body).toMatchObject({ resolved: [{ status: 'ok', value: 'v' }] });
  });

  it('whoever stores a value at the same moment is not undercut, and whoever comes too late stores nothing', async () => {
    const { identifier, key } = await stored();
    const row = await world.valueRow(identifier);
    const other = await stored();
    const { id: secretId } = await world.server.db
      .selectFrom('secrets')
      .select('id')
      .where('identifier', '=', other.identifier)
      .executeTakeFirstOrThrow();
    await remove(identifier);
    await look(10);
    const { storage } = world.server.deps;
    const value = { number: 7, dataKeyId: key, message: row.message, bodyId: null, byteLength: 1 };
    const store = () => storage.unrecorded(({ secretValues }) => secretValues.insert(secretId, value, '2026'));
    const outcomes = await Promise.allSettled([look(20), store(), look(21, { process: 'two' })]);
    const [, storing] = outcomes;
    expect(await keysOf([key])).toEqual(storing.status === 'fulfilled' ? [key] : []);
    const { db } = world.server;
    const left = await db.selectFrom('secret_values').select('id').where('data_key_id', '=', key).execute();
    expect(left).toHaveLength(storing.status === 'fulfilled' ? 1 : 0);
    for (const one of [outcomes[0], outcomes[2]]) expect(one.status).toBe('fulfilled');
  });

  it('passes over a data key whose row is held by whoever stores a value under it', async () => {
    const { identifier, key } = await stored();
    const row = await world.valueRow(identifier);
    const other = await stored();
    const { id: secretId } = await world.server.db
      .selectFrom('secrets')
      .select('id')
      .where('identifier', '=', other.identifier)
      .executeTakeFirstOrThrow();
    await remove(identifier);
    await look(10);
    const value = { number: 8, dataKeyId: key, message: row.message, bodyId: null, byteLength: 1 };
    let removing: Promise<number> | undefined;
    await world.server.deps.storage.unrecorded(async ({ secretValues }) => {
      await secretValues.insert(secretId, value, '2026');
      removing = look(20);
      // On SQLite the other one waits for this transaction; on PostgreSQL it ends beside it.
      if (engine === 'postgres') expect(await removing).toBe(0);
    });
    expect(await removing).toBe(0);
    expect(await keysOf([key])).toEqual([key]);
  });

  it('only one process looks at a time', async () => {
    const { identifier } = await stored();
    await remove(identifier);
    await look(10);
    const { storage } = world.server.deps;
    const until = new Date(Date.now() + 100 * HOUR).toISOString();
    const lease = { name: 'unused-data-keys', owner: 'another' };
    await storage.unrecorded(({ leases }) => leases.claim({ ...lease, now: '2026', until }));
    expect(await look(20)).toBe(0);
    await storage.unrecorded(({ leases }) => leases.release(lease));
    expect(await look(20)).toBeGreaterThan(0);
  });

  it('looks through any number of them', async () => {
    const { key, identifier } = await stored();
    await remove(identifier);
    const { db } = world.server;
    const { id: _, ...row } = await db
      .selectFrom('data_keys')
      .selectAll()
      .where('id', '=', key)
      .executeTakeFirstOrThrow();
    const rows = Array.from({ length: 450 }, (_one, n) => ({ ...row, id: `many-${String(n).padStart(4, '0')}` }));
    await db.insertInto('data_keys').values(rows).execute();
    expect(await look(10)).toBe(0);
    expect(await look(20)).toBe(451);
  });
});
