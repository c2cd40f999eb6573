import type { Resolved, Rewrap } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sweepBodies } from '../secrets/files/sweep-bodies.ts';
import { type KmsSecrets, startKmsSecrets } from '../secrets/testing/kms-secrets.ts';
import { seedKey } from '../test-connection/testing/connectors.ts';
import { givenProgramWith, givenRole } from '../test-support/principals.ts';
import { describeEachEngine } from '../test-support/test-app.ts';
import { REWRAPS_LEASE } from './rewrap-worker.ts';

const BUILT_IN = 'harnessSecretManager';

describeEachEngine((engine) => {
  let world: KmsSecrets;
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
  });
  afterAll(() => world.close());

  const start = (body: object) => world.call<Rewrap>('POST', '/api/secrets/rewraps', body);
  const rewraps = async () => (await world.call<{ content: Rewrap[] }>('GET', '/api/secrets/rewraps')).body.content;

  /** The newest rewrap from a manager, once it has ended. */
  async function ended(from: string): Promise<Rewrap> {
    for (;;) {
      const newest = (await rewraps()).find((rewrap) => rewrap.from.reference === from);
      if (newest && newest.state !== 'running') return newest;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function readValue(reference: string): Promise<string | undefined> {
    const { body } = await world.call<{ resolved: Resolved[] }>('POST', '/api/secrets/resolve', {
      references: [reference],
    });
    const [only] = body.resolved;
    return only?.status === 'ok' ? only.value : undefined;
  }

  /** Every stored value of a secret, with the data key that wraps it. */
  const valuesOf = (identifier: string) =>
    world.server.db
      .selectFrom('secrets')
      .innerJoin('secret_values', 'secret_values.secret_id', 'secrets.id')
      .leftJoin('data_keys', 'data_keys.id', 'secret_values.data_key_id')
      .select(['secret_values.message', 'data_keys.key_fingerprint', 'data_keys.connector_id', 'secret_values.number'])
      .where('secrets.identifier', '=', identifier)
      .orderBy('secret_values.number')
      .execute();

  const managerOf = async (identifier: string) =>
    (await world.call('GET', `/ng/api/v2/secrets/${identifier}`)).body.data.secret.spec.secretManagerIdentifier;

  async function changeKey(identifier: string, key: string) {
    const { body } = await world.call<{ data: { connector: { spec: object } } }>(
      'GET',
      `/ng/api/connectors/${identifier}`,
    );
    const { connector } = body.data;
    const spec = { ...connector.spec, kmsArnInPlainText: seedKey(world.simulator.seed, key) };
    return world.call('PUT', '/ng/api/connectors', { connector: { ...connector, spec } });
  }

  it('encrypts every version anew when the key of the connector changes, and all are read at every moment', async () => {
    await world.connector('turning');
    const written: Record<string, string> = {};
    for (let n = 0; n < 8; n += 1) {
      const manager = n % 2 === 0 ? 'turning' : 'account.turning';
      written[`turning_${n}`] = manager;
      await world.create(`turning_${n}`, `value ${n}`, { manager });
    }
    await world.change('turning_0', 'second', { manager: 'turning' });
    const before = await valuesOf('turning_0');

    expect((await changeKey('turning', 'multi-region')).status).toBe(200);
    let unreadable = 0;
    let reading = true;
    const reader = (async () => {
      while (reading)
        for (let n = 1; n < 8; n += 1) if ((await readValue(`turning_${n}`)) !== `value ${n}`) unreadable += 1;
    })();
    const report = await ended('account.turning');
    reading = false;
    await reader;

    expect(unreadable).toBe(0);
    expect(report).toMatchObject({ state: 'done', cause: 'key-changed', total: 8, rewrapped: 8, failed: 0 });
    const after = await valuesOf('turning_0');
    expect(after.map(({ number }) => number)).toEqual([1, 2]);
    for (const [index, value] of after.entries()) {
      expect(value.key_fingerprint).not.toBe(before[index]?.key_fingerprint);
      expect(value.message).not.toBe(before[index]?.message);
    }
    expect(await readValue('turning_0')).toBe('second');
    for (const [id, reference] of Object.entries(written)) expect(await managerOf(id)).toBe(reference);
    expect((await world.call('POST', '/api/secrets/turning_0/versions/1/restore')).status).toBe(200);
    expect(await readValue('turning_0')).toBe('value 0');
  });

  it('does nothing where the settings that change name the same key, or nothing is kept under it', async () => {
    await world.connector('still');
    const count = (await rewraps()).length;
    await changeKey('still', 'multi-region');
    await world.create('still_1', 'v', { manager: 'still' });
    await changeKey('still', 'multi-region');
    expect(await rewraps()).toHaveLength(count);
  });

  it('moves secrets from the built-in manager to a connector, on to another one, and back', async () => {
    await world.connector('first');
    await world.connector('other', { key: 'multi-region' });
    await world.create('mover', 'stays the same');
    const identifiers = ['mover'];

    expect(await start({ from: BUILT_IN, to: 'first', identifiers })).toMatchObject({
      status: 200,
      body: { state: 'running', cause: 'requested', total: 1 },
    });
    expect(await ended(BUILT_IN)).toMatchObject({ state: 'done', rewrapped: 1 });
    expect(await managerOf('mover')).toBe('first');
    expect((await valuesOf('mover'))[0]?.key_fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(await readValue('mover')).toBe('stays the same');
    // What uses a connector keeps it from being deleted, as it does when the secret was made there.
    expect((await world.call('DELETE', '/ng/api/connectors/first')).body.code).toBe('ENTITY_REFERENCE_EXCEPTION');

    await start({ from: 'account.first', to: 'account.other' });
    expect(await ended('account.first')).toMatchObject({ state: 'done', rewrapped: 1 });
    expect(await managerOf('mover')).toBe('other');
    expect((await world.call('DELETE', '/ng/api/connectors/first')).status).toBe(200);
    expect(await readValue('mover')).toBe('stays the same');

    await start({ from: 'account.other', to: BUILT_IN });
    expect(await ended('account.other')).toMatchObject({ state: 'done', rewrapped: 1 });
    expect(await managerOf('mover')).toBe(BUILT_IN);
    expect(await valuesOf('mover')).toMatchObject([{ key_fingerprint: null }]);
    expect(await readValue('mover')).toBe('stays the same');
  });

  it('moves a file in a stream; the old body stays for those who are reading it, and is swept then', async () => {
    await world.connector('files');
    const content = Buffer.alloc(600_000, 'a piece of a file ');
    const form = new FormData();
    const spec = { secretManagerIdentifier: BUILT_IN };
    const secret = { type: 'SecretFile', name: 'moved_file', identifier: 'moved_file', spec };
    form.set('spec', JSON.stringify({ secret }));
    form.set('file', new File([content], 'moved.bin'));
    const sent = await world.server.fetch('/ng/api/v2/secrets/files', { method: 'POST', body: form });
    expect(sent.status).toBe(200);
    const bodies = () => world.server.db.selectFrom('file_bodies').select('id').execute();
    const before = await bodies();
    await start({ from: BUILT_IN, to: 'files', identifiers: ['moved_file'] });
    expect(await ended(BUILT_IN)).toMatchObject({ rewrapped: 1, failed: 0 });
    expect((await valuesOf('moved_file'))[0]?.connector_id).not.toBeNull();
    const { deps } = world.server;
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    expect(await sweepBodies({ ...deps, now: () => inMinutes(59) })).toBe(0);
    expect(await bodies()).toHaveLength(before.length + 1);
    expect(await sweepBodies({ ...deps, now: () => inMinutes(61) })).toBe(1);
    const after = await bodies();
    expect(after).toHaveLength(before.length);
    expect(after).not.toEqual(before);
    const read = await world.server.fetch('/api/secrets/files/moved_file');
    expect(Buffer.from(await read.arrayBuffer()).equals(content)).toBe(true);
  });

  it('leaves what connectors sign in with in the built-in manager, and says which and why', async () => {
    await world.connector('safe');
    await start({ from: BUILT_IN, to: 'safe', identifiers: ['access_key'] });
    const report = await ended(BUILT_IN);
    expect(report).toMatchObject({ state: 'done', rewrapped: 0, failed: 1 });
    expect(report.failures[0]).toMatchObject({ identifier: 'access_key' });
    expect(report.failures[0]?.message).toContain('stay in the built-in one');
    expect(await managerOf('access_key')).toBe(BUILT_IN);
  });

  it('begins nothing that can not go on: the finding of the new key is the answer', async () => {
    await world.connector('denied', { key: 'denied' });
    await world.create('waiting', 'v');
    const refused = await world.call('POST', '/api/secrets/rewraps', {
      from: BUILT_IN,
      to: 'denied',
      identifiers: ['waiting'],
    });
    expect(refused.status).toBe(400);
    expect(refused.body.code).toBe('KMS_OPERATION_ERROR');
    expect(refused.body.metadata?.finding?.fixes.length).toBeGreaterThan(0);
    expect(await managerOf('waiting')).toBe(BUILT_IN);
  });

  it('keeps what can not be read as it is, reports it with its finding, and finishes it once the cause is mended', async () => {
    const { keyId } = world.simulator.admin.createKey({ name: 'fading' });
    await world.connector('fading', { key: 'working', spec: { kmsArnInPlainText: arnOf(keyId) } });
    await world.connector('rescue');
    await world.create('faded', 'still here', { manager: 'fading' });
    // Nothing of it is in memory any more: the connector has changed.
    world.simulator.admin.disableKey(keyId);
    await world.call('POST', '/api/connectors/fading/disable');
    await world.call('POST', '/api/connectors/fading/enable');

    await start({ from: 'fading', to: 'rescue' });
    const report = await ended('fading');
    expect(report).toMatchObject({ state: 'done', failed: 1, rewrapped: 0 });
    expect(report.failures[0]?.finding?.code).toBe('key-disabled');
    expect(await managerOf('faded')).toBe('fading');

    world.simulator.admin.enableKey(keyId);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await start({ from: 'fading', to: 'rescue' });
    expect(await ended('fading')).toMatchObject({ failed: 0, rewrapped: 1 });
    expect(await readValue('faded')).toBe('still here');
  });

  it('waits for a KMS that is throttled instead of giving up', async () => {
    await world.connector('busy');
    await world.create('patient', 'v', { manager: 'busy' });
    // The change itself is let through: it is about reading, and only new data keys are refused.
    world.simulator.faults.add({ kind: 'throttle', service: 'kms', operation: 'GenerateDataKey', count: 12 });
    await changeKey('busy', 'multi-region');
    expect(await ended('account.busy')).toMatchObject({ failed: 0, rewrapped: 1 });
    world.simulator.faults.clear();
    expect(await readValue('patient')).toBe('v');
  }, 60_000);

  it('takes a change that somebody makes meanwhile, and moves that too', async () => {
    await world.connector('contended');
    const names = Array.from({ length: 6 }, (_, n) => `contended_${n}`);
    for (const name of names) await world.create(name, 'old', { manager: 'contended' });
    await changeKey('contended', 'multi-region');
    const changes = await Promise.all(names.map((name) => world.change(name, 'new', { manager: 'contended' })));
    await ended('account.contended');
    for (const [index, name] of names.entries()) {
      expect(await readValue(name)).toBe(changes[index]?.status === 200 ? 'new' : 'old');
      const fingerprints = (await valuesOf(name)).map(({ key_fingerprint }) => key_fingerprint);
      expect(new Set(fingerprints).size).toBe(1);
    }
  });

  it('ends when somebody cancels it, with everything readable, and can not be cancelled twice', async () => {
    await world.connector('long');
    const names = Array.from({ length: 30 }, (_, n) => `long_${n}`);
    for (const name of names) await world.create(name, name, { manager: 'long' });
    await changeKey('long', 'multi-region');
    const running = (await rewraps()).find(({ from }) => from.reference === 'account.long');
    const cancelled = await world.call<Rewrap>('POST', `/api/secrets/rewraps/${running?.id}/cancel`);
    if (cancelled.status === 200) expect(cancelled.body.state).toBe('cancelled');
    expect((await world.call('POST', `/api/secrets/rewraps/${running?.id}/cancel`)).body.code).toBe('INVALID_REQUEST');
    for (const name of names) expect(await readValue(name)).toBe(name);
  });

  it('refuses managers that there are not, that are disabled, that are one key, and a second one at the same time', async () => {
    await world.connector('idle');
    await world.connector('switched_off');
    await world.call('POST', '/api/connectors/switched_off/disable');
    for (const [body, field] of [
      [{ from: 'nobody', to: 'idle' }, 'from'],
      [{ from: 'idle', to: 'org.idle' }, 'to'],
      [{ from: 'idle', to: 'switched_off' }, 'to'],
      [{ from: BUILT_IN, to: BUILT_IN }, 'to'],
    ] as const) {
      const { status, body: answer } = await world.call('POST', '/api/secrets/rewraps', body);
      expect({ status, field: answer.errors?.[0]?.fieldId }).toEqual({ status: 400, field });
    }
    // One that another process is at work on.
    const id = '01890a5d-ac96-774b-bcce-b302099a8057';
    const { storage } = world.server.deps;
    const idle = await storage.connectors.find({}, 'idle');
    const end = { connectorId: idle?.id ?? '', reference: 'idle', name: 'idle' };
    const startedBy = { type: 'SYSTEM', identifier: 'test', name: 'test' } as const;
    const counts = { total: 1, rewrapped: 0, unchanged: 0, failed: 0, lastSecretId: '' };
    const times = { startedAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', finishedAt: null };
    const lease = { name: REWRAPS_LEASE, owner: 'another' };
    await expect
      .poll(() =>
        storage.unrecorded(({ leases }) =>
          leases.claim({ ...lease, now: new Date().toISOString(), until: new Date(Date.now() + 60_000).toISOString() }),
        ),
      )
      .toBe(true);
    const about = { cause: 'requested', place: {}, from: end, to: end, identifiers: undefined } as const;
    await storage.unrecorded(({ rewraps: stored }) =>
      stored.insert({ id, state: 'running', ...about, ...counts, startedBy, ...times }),
    );
    expect((await start({ from: 'idle', to: BUILT_IN })).body).toMatchObject({ code: 'INVALID_REQUEST' });
    await world.call('POST', `/api/secrets/rewraps/${id}/cancel`);
    expect((await start({ from: 'idle', to: BUILT_IN })).status).toBe(200);
    await storage.unrecorded(({ leases }) => leases.release(lease));
  });

  it('takes the right to edit secrets where the manager is, and to use the one that they go to', async () => {
    await world.connector('guarded');
    await givenRole(world.app, 'edits', ['core_secret_edit', 'core_secret_view']);
    const proof = await givenProgramWith(world.app, 'edits', [{ role: 'edits' }]);
    const body = { from: BUILT_IN, to: 'guarded', identifiers: ['waiting'] };
    expect(await world.call('POST', '/api/secrets/rewraps', body, proof)).toMatchObject({
      status: 403,
      body: { failedPermissionChecks: [{ permission: 'core_connector_access' }] },
    });
  });

  it('is on record: who began it, each secret, and how it ended', async () => {
    await world.connector('noted');
    await world.create('noted_1', 'v', { manager: 'noted' });
    await changeKey('noted', 'multi-region');
    await ended('account.noted');
    const { body } = await world.call<{ data: { content: { action: string; details: Record<string, unknown> }[] } }>(
      'POST',
      '/audit/api/audits/list?pageSize=20',
      { actions: ['REWRAP'] },
    );
    const events = body.data.content.filter(
      ({ details }) => details.from === 'account.noted' || details.to === 'noted',
    );
    expect(events.map(({ details }) => details.phase ?? 'secret')).toEqual(['done', 'secret', 'started']);
  });

  const arnOf = (keyId: string): string => {
    const working = seedKey(world.simulator.seed, 'working');
    return working.replace(/key\/.*$|alias\/.*$/, `key/${keyId}`);
  };
});
