import type { Page, SecretResponse, SecretVersion } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Failure, givenSecret, type Success, secret } from '../../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../../test-support/test-app.ts';
import { readSecretValues } from '../read-secret-values.ts';

type One = Success<SecretResponse> & Failure;
type Versions = Success<Page<SecretVersion>> & Failure;

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine, { env: { WARDLINE_SECRET_VERSIONS_KEPT: '4' } });
  });
  afterAll(() => app.close());

  const update = (id: string, value: string, more: object = {}, headers: Record<string, string> = {}) => {
    const { secret: body } = secret(id, value);
    const payload = { secret: { ...body, ...more } };
    return app.inject({ method: 'PUT', url: `/ng/api/v2/secrets/${id}`, payload, headers });
  };
  const read = async (id: string) => (await app.call<One>('GET', `/ng/api/v2/secrets/${id}`)).body.data;
  const versions = async (id: string, query = '') =>
    (await app.call<Versions>('GET', `/api/secrets/${id}/versions?${query}`)).body.data;
  const numbers = async (id: string) => (await versions(id)).content.map(({ version }) => version);
  const restore = (id: string, version: number, headers?: Record<string, string>) =>
    app.inject({ method: 'POST', url: `/api/secrets/${id}/versions/${version}/restore`, headers: headers ?? {} });
  const remove = (id: string, version: number) =>
    app.call<Success<boolean> & Failure>('DELETE', `/api/secrets/${id}/versions/${version}`);
  const currentValue = async (id: string) => {
    const fields = [{ field: 'connector.spec.kmsArn', reference: id }];
    return (await readSecretValues(app.deps, { place: {}, identifier: 'asking' }, fields)).get(id);
  };
  const storedValues = async (id: string) => {
    const rows = await app.database.db
      .selectFrom('secret_values')
      .innerJoin('secrets', 'secrets.id', 'secret_values.secret_id')
      .select('secret_values.number')
      .where('secrets.identifier', '=', id)
      .orderBy('secret_values.number')
      .execute();
    return rows.map(({ number }) => number);
  };
  const lastEvent = async () => {
    const events = app.database.db.selectFrom('audit_events').select('event').orderBy('seq', 'desc').limit(1);
    return JSON.parse((await events.executeTakeFirstOrThrow()).event);
  };

  it('makes a version of every change, newest first, with who made it', async () => {
    await givenSecret(app, 'told');
    await update('told', '', { description: 'second', tags: { a: 'b' } });
    await update('told', 'third value');
    const { content, totalItems } = await versions('told');
    expect(totalItems).toBe(3);
    expect(content).toMatchObject([
      { version: 3, current: true, valueOf: 3, byteLength: 11, description: '', origin: { kind: 'changed' } },
      { version: 2, current: false, valueOf: 1, description: 'second', tags: { a: 'b' } },
      { version: 1, current: false, valueOf: 1, byteLength: 13, origin: { kind: 'created' } },
    ]);
    expect(content[0]?.createdBy).toMatchObject({ type: 'SERVICE_ACCOUNT', name: 'Bootstrap' });
    expect(content[0]).toMatchObject({ keyArn: null, proof: { state: 'pending' } });
    expect(JSON.stringify(content)).not.toContain('third value');
    expect((await read('told')).version).toBe(3);
    expect((await versions('told', 'pageSize=2&pageIndex=1')).content).toMatchObject([{ version: 1 }]);
  });

  it('restores an older version as the newest', async () => {
    await givenSecret(app, 'back');
    await update('back', 'wrong', { name: 'Renamed' });
    expect((await restore('back', 1)).statusCode).toBe(200);
    expect(await currentValue('back')).toBe('value of back');
    expect(await read('back')).toMatchObject({ version: 3, secret: { name: 'back' } });
    expect((await versions('back')).content[0]).toMatchObject({ origin: { kind: 'restored', from: 1 }, valueOf: 1 });
    expect(await storedValues('back')).toEqual([1, 2]);
    expect(await lastEvent()).toMatchObject({
      action: 'UPDATE',
      before: { version: 2, name: 'Renamed', valueOf: 2 },
      after: { version: 3, name: 'back', valueOf: 1 },
      details: { restoredVersion: 1 },
    });
    await update('back', 'right');
    expect(await currentValue('back')).toBe('right');
  });

  it('refuses to restore or delete the current version, and one that there is not', async () => {
    await givenSecret(app, 'held');
    await update('held', 'two');
    expect((await restore('held', 2)).json()).toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await restore('held', 9)).json()).toMatchObject({ code: 'RESOURCE_NOT_FOUND_EXCEPTION' });
    expect((await restore('nowhere', 1)).json()).toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await remove('held', 2)).body).toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await remove('held', 9)).body).toMatchObject({ code: 'RESOURCE_NOT_FOUND_EXCEPTION' });
    expect(await app.call('GET', '/api/secrets/nowhere/versions')).toMatchObject({
      status: 400,
      body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' },
    });
    expect(await currentValue('held')).toBe('two');
  });

  it('deletes an old version, and its value with the last version that has it', async () => {
    await givenSecret(app, 'thinned');
    await update('thinned', '', { description: 'same value' });
    await update('thinned', 'other');
    expect((await remove('thinned', 1)).status).toBe(200);
    expect(await storedValues('thinned')).toEqual([1, 3]);
    expect((await remove('thinned', 2)).status).toBe(200);
    expect(await storedValues('thinned')).toEqual([3]);
    expect(await numbers('thinned')).toEqual([3]);
    expect(await lastEvent()).toMatchObject({
      action: 'UPDATE',
      before: { version: 2, description: 'same value' },
      details: { deletedVersion: 2 },
    });
    expect(await currentValue('thinned')).toBe('other');
  });

  it('keeps so many versions, and names those that went in the event of the change', async () => {
    await givenSecret(app, 'many');
    for (const value of ['2', '3', '4']) await update('many', value);
    expect(await numbers('many')).toEqual([4, 3, 2, 1]);
    expect((await lastEvent()).details).toBeUndefined();
    await update('many', '5');
    expect(await numbers('many')).toEqual([5, 4, 3, 2]);
    expect(await storedValues('many')).toEqual([2, 3, 4, 5]);
    expect(await lastEvent()).toMatchObject({ after: { version: 5 }, details: { removedVersions: '1' } });
  });

  it('never removes a value that a newer version was restored from', async () => {
    await givenSecret(app, 'revived');
    await update('revived', '2');
    await restore('revived', 1);
    for (const description of ['a', 'b', 'c', 'd', 'e']) await update('revived', '', { description });
    expect(await numbers('revived')).toEqual([8, 7, 6, 5]);
    expect(await storedValues('revived')).toEqual([1]);
    expect(await currentValue('revived')).toBe('value of revived');
  });

  it('leaves nothing of a secret that is deleted', async () => {
    await givenSecret(app, 'gone');
    await update('gone', '2');
    expect((await app.call('DELETE', '/ng/api/v2/secrets/gone')).status).toBe(200);
    expect(await storedValues('gone')).toEqual([]);
    await givenSecret(app, 'gone');
    expect(await numbers('gone')).toEqual([1]);
  });

  it('does not change what was changed since it was read', async () => {
    await givenSecret(app, 'contended');
    const at = { 'if-match': String((await read('contended')).updatedAt) };
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect((await update('contended', 'first', {}, at)).statusCode).toBe(200);
    expect((await update('contended', 'second', {}, at)).json()).toMatchObject({
      status: 'FAILURE',
      code: 'OPTIMISTIC_LOCKING_EXCEPTION',
    });
    expect((await restore('contended', 1, at)).json()).toMatchObject({ code: 'OPTIMISTIC_LOCKING_EXCEPTION' });
    expect(await currentValue('contended')).toBe('first');
  });

  it('lets every writer at the same time either win or hear that they lost', async () => {
    await givenSecret(app, 'raced');
    const values = ['a', 'b', 'c'];
    const answers = await Promise.all(values.map((value) => update('raced', value)));
    const won = values.filter((_value, index) => answers[index]?.statusCode === 200);
    expect(won).not.toEqual([]);
    for (const answer of answers.filter(({ statusCode }) => statusCode !== 200)) {
      expect(answer.json()).toMatchObject({ code: 'OPTIMISTIC_LOCKING_EXCEPTION' });
    }
    expect((await versions('raced')).totalItems).toBe(1 + won.length);
    expect(won).toContain(await currentValue('raced'));
  });
});
