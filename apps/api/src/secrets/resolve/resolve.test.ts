import type { Resolved } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeQuery } from '../../test-support/fixtures.ts';
import { givenProgramWith, type Proof } from '../../test-support/principals.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { fileCalls } from '../files/testing/file-calls.ts';
import { file, spec } from '../files/testing/form.ts';
import { type KmsSecrets, startKmsSecrets } from '../testing/kms-secrets.ts';

const project = { orgIdentifier: 'o', projectIdentifier: 'p' };
const other = { orgIdentifier: 'o', projectIdentifier: 'other' };

let world: KmsSecrets;
let reader: Proof;

async function resolve(references: readonly string[], place = {}, proof?: Proof) {
  const answer = await world.call<{ resolved: Resolved[] }>(
    'POST',
    `/api/secrets/resolve?${scopeQuery(place)}`,
    { references },
    proof,
  );
  expect(answer.status).toBe(200);
  return answer.body.resolved;
}

const codeOf = (resolved: Resolved | undefined) => (resolved?.status === 'error' ? resolved.error.code : 'ok');

/** The events that the work adds, oldest first. */
async function eventsOf(work: () => Promise<unknown>) {
  const select = world.server.db.selectFrom('audit_events');
  const { last } = await select.select(({ fn }) => fn.max('seq').as('last')).executeTakeFirstOrThrow();
  await work();
  const rows = await select.select('event').where('seq', '>', last).orderBy('seq').execute();
  return rows.map(({ event }) => JSON.parse(event));
}

describeEachEngine((engine) => {
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
    await world.connector('kms');
    await world.create('built_in', 'first value');
    await world.create('kms_one', 'zweiter Wert ✓', { manager: 'kms' });
    await world.create('of_project', 'of the project', { manager: 'account.kms', place: project });
    await world.create('of_other', 'of the other project', { place: other });
    reader = await givenProgramWith(world.server.testApp, 'reader', [{ role: '_secrets_reader', at: project }]);
  });
  afterAll(() => world.close());

  it('answers values in the order of the references, in every spelling', async () => {
    expect(
      await resolve(
        ['account.kms_one', '<+secrets.getValue("account.built_in")>', 'of_project', "<+secrets.getValue('kms_none')>"],
        project,
      ),
    ).toMatchObject([
      { reference: 'account.kms_one', status: 'ok', value: 'zweiter Wert ✓', version: 1 },
      { reference: '<+secrets.getValue("account.built_in")>', status: 'ok', value: 'first value', version: 1 },
      { reference: 'of_project', status: 'ok', value: 'of the project' },
      { status: 'error', error: { code: 'SECRET_NOT_ACCESSIBLE' } },
    ]);
  });

  it('reads a secret once, however often it is named, and puts each value on record once', async () => {
    const events = await eventsOf(async () => {
      const resolved = await resolve(['kms_one', 'account.kms_one', '<+secrets.getValue("kms_one")>', 'built_in']);
      expect(resolved.map(codeOf)).toEqual(['ok', 'ok', 'ok', 'ok']);
    });
    expect(events).toMatchObject([
      { action: 'READ_VALUE', resource: { type: 'SECRET', identifier: 'kms_one', name: 'kms_one' } },
      { action: 'READ_VALUE', resource: { identifier: 'built_in' }, details: { version: 1 } },
    ]);
    expect(JSON.stringify(events)).not.toContain('first value');
  });

  it('asks KMS for nothing once the data key is known', async () => {
    await resolve(['kms_one']);
    const before = world.simulator.requests.of('kms', 'Decrypt');
    for (let n = 0; n < 20; n += 1) await resolve(['kms_one', 'account.kms_one']);
    expect(world.simulator.requests.of('kms', 'Decrypt')).toBe(before);
  });

  it('says the same of a secret that there is not and of one that is not for the caller', async () => {
    const names = ['of_other', 'of_nobody'];
    const events = await eventsOf(async () => {
      const [forbidden, missing] = await resolve(names, other, reader);
      expect(codeOf(forbidden)).toBe('SECRET_NOT_ACCESSIBLE');
      const text = (one: Resolved | undefined, name: string) => JSON.stringify(one).replaceAll(name, '…');
      expect(text(forbidden, 'of_other')).toBe(text(missing, 'of_nobody'));
    });
    const details = { permission: 'core_secret_access', secrets: 'o/other/of_other, o/other/of_nobody', count: 2 };
    expect(events).toMatchObject([{ action: 'ACCESS_DENIED', outcome: 'DENIED', place: other, details }]);
    expect((await resolve(['of_project'], project, reader)).map(codeOf)).toEqual(['ok']);
  });

  it('puts no more than one event on record for all that a request is refused, and counts those of the next ones', async () => {
    const probing = await givenProgramWith(world.server.testApp, 'probing', [{ role: '_secrets_reader', at: project }]);
    const names = Array.from({ length: 100 }, (_, n) => `guess_${n}`);
    const events = await eventsOf(async () => {
      await resolve(['of_other'], other, probing);
      for (let n = 0; n < 3; n += 1) await resolve(names, other, probing);
      await resolve(names, project, probing);
    });
    expect(events).toMatchObject([
      { resource: { identifier: 'of_other' }, details: { permission: 'core_secret_access' } },
      { details: { reason: 'there is no such secret', count: 100 } },
    ]);
    expect(events).toHaveLength(2);
  });

  it('answers as much as an answer holds, and names what is to be asked for anew', async () => {
    const large = { orgIdentifier: 'large' };
    const names = Array.from({ length: 18 }, (_, n) => `large_${n}`);
    const value = 'v'.repeat(1024 * 1024);
    for (const name of names) expect(await world.create(name, value, { place: large })).toMatchObject({ status: 200 });
    const events = await eventsOf(async () => {
      const resolved = await resolve(names, large);
      expect(resolved.map(codeOf)).toEqual([...Array(16).fill('ok'), 'INVALID_REQUEST', 'INVALID_REQUEST']);
      expect(resolved[17]).toMatchObject({ error: { message: expect.stringContaining('16 MiB') } });
    });
    expect(events).toHaveLength(16);
    expect(await resolve(names.slice(16), large)).toMatchObject([{ value }, { value }]);
  });

  it('refuses what is no reference without repeating it, and a request that is none', async () => {
    const resolved = await resolve(['a.b.c', 'hunter2 is no reference', 'org.x', '<+secrets.getValue("")>']);
    expect(resolved.map(codeOf)).toEqual(Array(4).fill('INVALID_REQUEST'));
    for (const one of resolved) if (one.status === 'error') expect(one.error.message).not.toContain('hunter2');
    const send = (references: unknown) => world.call('POST', '/api/secrets/resolve', { references });
    for (const wrong of [[], Array(101).fill('built_in'), [''], 'built_in', undefined]) {
      expect((await send(wrong)).status).toBe(400);
    }
    expect((await send(Array(100).fill('built_in'))).status).toBe(200);
  });

  it('takes an identity with the right somewhere', async () => {
    const viewer = await givenProgramWith(world.server.testApp, 'resolve_viewer', [{ role: '_account_viewer' }]);
    expect((await world.call('POST', '/api/secrets/resolve', { references: ['built_in'] }, viewer)).status).toBe(403);
    expect((await world.call('POST', '/api/secrets/resolve', { references: ['built_in'] }, {})).status).toBe(401);
  });

  it('tells of a file that it is one, to those who may read it', async () => {
    const files = fileCalls(world.server.url);
    for (const place of [project, other]) {
      await files.createIn(scopeQuery(place), spec('a_file', place), file('content'));
    }
    expect((await resolve(['a_file'], project, reader)).map(codeOf)).toEqual(['SECRET_IS_FILE']);
    expect((await resolve(['a_file'], other, reader)).map(codeOf)).toEqual(['SECRET_NOT_ACCESSIBLE']);
  });

  it('answers the newest value, and the one that was restored', async () => {
    await world.create('moving', 'one', { manager: 'kms' });
    await world.change('moving', 'two', { manager: 'kms' });
    expect(await resolve(['moving'])).toMatchObject([{ value: 'two', version: 2 }]);
    await world.call('POST', '/api/secrets/moving/versions/1/restore');
    expect(await resolve(['moving'])).toMatchObject([{ value: 'one', version: 3 }]);
  });

  describe('where a key can not be used', () => {
    it('answers the finding for the secrets under it, and the values of the others', async () => {
      await world.connector('switched');
      await world.create('under_switched', 'v', { manager: 'switched' });
      await world.call('POST', '/api/connectors/switched/disable');
      const events = await eventsOf(async () => {
        const [failed, fine] = await resolve(['under_switched', 'kms_one']);
        expect(failed).toMatchObject({ error: { code: 'KMS_OPERATION_ERROR', finding: { code: expect.any(String) } } });
        expect(codeOf(fine)).toBe('ok');
      });
      expect(events).toContainEqual(
        expect.objectContaining({
          action: 'READ_VALUE',
          outcome: 'FAILURE',
          resource: expect.objectContaining({ identifier: 'under_switched' }),
        }),
      );
      await world.call('POST', '/api/connectors/switched/enable');
      expect(await resolve(['under_switched'])).toMatchObject([{ value: 'v' }]);
    });
  });

  describe('a stored value', () => {
    const overwrite = (id: string, set: object) =>
      world.server.db.updateTable('secret_values').set(set).where('id', '=', id).execute();

    it.each([
      ['the built-in manager', undefined],
      ['KMS', 'kms'],
    ])('does not open as the value of another secret, of %s', async (_what, manager) => {
      const options = manager ? { manager } : {};
      const [from, to] = [`from_${manager}`, `to_${manager}`];
      await world.create(from, 'of the first', options);
      await world.create(to, 'of the second', options);
      const { message, number, data_key_id } = await world.valueRow(from);
      await overwrite((await world.valueRow(to)).id, { message, number, data_key_id });
      expect((await resolve([to])).map(codeOf)).toEqual(['SECRET_MANAGEMENT_ERROR']);
      expect(await resolve([from])).toMatchObject([{ value: 'of the first' }]);
    });

    it('does not open as another version of the same secret', async () => {
      await world.create('versioned', 'one', { manager: 'kms' });
      const old = await world.valueRow('versioned');
      await world.change('versioned', 'two', { manager: 'kms' });
      await overwrite((await world.valueRow('versioned')).id, { message: old.message });
      expect((await resolve(['versioned'])).map(codeOf)).toEqual(['SECRET_MANAGEMENT_ERROR']);
    });

    it('does not open with any bit of it flipped', async () => {
      await world.create('flipped', 'v', { manager: 'kms' });
      const { id, message } = await world.valueRow('flipped');
      const bytes = Buffer.from(message, 'base64');
      const positions = Array.from({ length: 24 }, (_, n) => Math.floor((n * (bytes.length - 1)) / 23));
      for (const at of positions) {
        const wrong = Buffer.from(bytes);
        wrong[at] = (wrong[at] ?? 0) ^ (1 << (at % 8));
        await overwrite(id, { message: wrong.toString('base64') });
        expect((await resolve(['flipped'])).map(codeOf), `byte ${at}`).toEqual(['SECRET_MANAGEMENT_ERROR']);
      }
      await overwrite(id, { message });
      expect((await resolve(['flipped'])).map(codeOf)).toEqual(['ok']);
    });
  });
});
