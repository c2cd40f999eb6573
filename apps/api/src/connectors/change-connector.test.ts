import { setTimeout as sleep } from 'node:timers/promises';
import type { TestResult } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  accessKeyConnector,
  type Created,
  connector,
  type Failure,
  givenConnector,
  givenSecret,
  type Success,
} from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ROOT = '/ng/api/connectors';
const QUERY = 'accountIdentifier=default';

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  const read = (id: string, query = QUERY) => app.call<Created & Failure>('GET', `${ROOT}/${id}?${query}`);
  const replace = (body: unknown, query = QUERY) => app.call<Created & Failure>('PUT', `${ROOT}?${query}`, body);
  const remove = (id: string, query = QUERY) =>
    app.call<Success<boolean> & Failure>('DELETE', `${ROOT}/${id}?${query}`);
  const isFree = async (id: string, query = QUERY) =>
    (await app.call<Success<boolean>>('GET', `${ROOT}/validateUniqueIdentifier?${query}&identifier=${id}`)).body.data;

  it('reads a connector of exactly the scope that is asked for', async () => {
    await givenConnector(app, connector('scoped', { orgIdentifier: 'o1', projectIdentifier: 'p1' }));
    expect(await read('scoped', `${QUERY}&orgIdentifier=o1&projectIdentifier=p1`)).toMatchObject({
      status: 200,
      body: { data: { connector: { orgIdentifier: 'o1', projectIdentifier: 'p1' } } },
    });
    for (const query of [QUERY, `${QUERY}&orgIdentifier=o1`, `${QUERY}&orgIdentifier=o1&projectIdentifier=p2`]) {
      expect(await read('scoped', query)).toMatchObject({
        status: 400,
        body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' },
      });
    }
    expect((await read('scoped', `${QUERY}&projectIdentifier=p1`)).body.errors).toEqual([
      { fieldId: 'orgIdentifier', error: 'A project needs its organization.' },
    ]);
  });

  it('answers for an unknown connector with the documented codes', async () => {
    expect(await read('nowhere')).toMatchObject({ status: 400, body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' } });
    expect(await replace(connector('nowhere'))).toMatchObject({
      status: 400,
      body: { status: 'ERROR', code: 'CONNECTOR_NOT_FOUND_EXCEPTION' },
    });
    expect(await remove('nowhere')).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });

  it('is not replaced by a change made from what it was before another change', async () => {
    await givenConnector(app, connector('contended'));
    const version = String((await read('contended')).body.data.lastModifiedAt);
    const put = (name: string) =>
      app.inject({
        method: 'PUT',
        url: `${ROOT}?${QUERY}`,
        headers: { 'content-type': 'application/json', 'if-match': version },
        payload: connector('contended', { name }),
      });
    await sleep(2);
    expect((await put('first')).json()).toMatchObject({ status: 'SUCCESS' });
    const late = await put('second');
    expect(late.statusCode).toBe(400);
    expect(late.json()).toMatchObject({ status: 'FAILURE', code: 'OPTIMISTIC_LOCKING_EXCEPTION' });
    expect((await read('contended')).body.data.connector.name).toBe('first');
    expect((await replace(connector('contended', { name: 'whatever is stored' }))).status).toBe(200);
  });

  it('replaces the settings in full', async () => {
    await givenConnector(app, connector('changed', { description: 'first', tags: { a: '1' } }));
    const answer = await replace(connector('changed', { name: 'second' }));
    expect(answer.status).toBe(200);
    const { body } = await read('changed');
    expect(body.data.connector).toMatchObject({ name: 'second', description: '', tags: {} });
    expect(body.data).toEqual(answer.body.data);
    expect(body.data.lastModifiedAt).toBeGreaterThanOrEqual(body.data.createdAt);
  });

  it('takes back what it answered, and answers the same', async () => {
    await givenSecret(app, 'echoed_key');
    await givenConnector(app, accessKeyConnector('echoed', { accessKey: 'echoed_key', secretKey: 'echoed_key' }));
    const before = (await read('echoed')).body.data.connector;
    expect(await replace({ connector: before })).toMatchObject({ status: 200 });
    expect((await read('echoed')).body.data.connector).toEqual(before);
  });

  it('keeps what the last test found when the settings change', async () => {
    await givenConnector(app, connector('tested'));
    const stored = await app.deps.storage.connectors.find({}, 'tested');
    if (!stored) throw new Error('The connector was not stored.');
    const failure: TestResult = {
      status: 'FAILURE',
      errors: [{ reason: 'Unexpected Error', message: 'no such key', code: 450 }],
      errorSummary: 'no such key',
      testedAt: Date.parse('2030-01-01T00:00:00Z'),
      delegateId: null,
      taskId: 't1',
      trace: [],
      finding: null,
    };
    const success: TestResult = { ...failure, status: 'SUCCESS', errors: null, errorSummary: null };
    await app.deps.storage.outcomes.recordTest(stored, success, 12);
    await app.deps.storage.outcomes.recordTest(stored, { ...failure, testedAt: failure.testedAt + 1000 }, 12);
    await replace(connector('tested', { name: 'renamed' }));
    expect((await read('tested')).body.data).toMatchObject({
      status: {
        status: 'FAILURE',
        errorSummary: 'no such key',
        errors: failure.errors,
        testedAt: failure.testedAt + 1000,
        lastConnectedAt: failure.testedAt,
      },
      activityDetails: { lastActivityTime: failure.testedAt + 1000 },
    });
    expect(await app.deps.storage.outcomes.lastTest(stored.id)).toMatchObject({ taskId: 't1' });
  });

  it('refuses to change the type', async () => {
    await givenConnector(app, connector('typed'));
    const answer = await replace({ connector: { ...connector('typed').connector, type: 'GcpKms' } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ fieldId: 'connector.type' }] } });
    expect(answer.body.message).toContain('the type of a connector never changes');
  });

  it('lets the default move, be turned off, and go with its connector', async () => {
    const org = { orgIdentifier: 'org_with_default' };
    const query = `${QUERY}&orgIdentifier=org_with_default`;
    const withDefault = (id: string, isDefault: boolean) => {
      const { connector: plain } = connector(id, org);
      return { connector: { ...plain, spec: { ...plain.spec, default: isDefault } } };
    };
    const defaults = async () => {
      const answers = await Promise.all(['first', 'second'].map((id) => read(id, query)));
      return answers.map(({ body }) => body.data?.connector.spec.default);
    };
    await givenConnector(app, withDefault('first', true));
    await givenConnector(app, withDefault('second', true));
    expect(await defaults()).toEqual([false, true]);
    await replace(withDefault('first', true));
    expect(await defaults()).toEqual([true, false]);
    await replace(withDefault('first', false));
    expect(await defaults()).toEqual([false, false]);
    await replace(withDefault('second', true));
    expect((await remove('second', query)).status).toBe(200);
    expect(await defaults()).toEqual([false, undefined]);
  });

  it('does not lose a default when two connectors become it at once', async () => {
    const both = ['left', 'right'].map((id) => {
      const { connector: plain } = connector(id, { orgIdentifier: 'contested' });
      return { connector: { ...plain, spec: { ...plain.spec, default: true } } };
    });
    for (const body of both) await givenConnector(app, body);
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all([...both, ...both].map((body) => replace(body)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const states = await Promise.all(['left', 'right'].map((id) => read(id, `${QUERY}&orgIdentifier=contested`)));
      expect(states.filter(({ body }) => body.data.connector.spec.default)).toHaveLength(1);
    }
  });

  it('refuses to change or delete the built-in secret manager, and does not show it as a connector', async () => {
    expect((await replace(connector('harnessSecretManager'))).body.message).toContain("can't be changed");
    expect((await remove('harnessSecretManager')).body.message).toContain("can't be deleted");
    expect(await read('harnessSecretManager')).toMatchObject({
      status: 400,
      body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' },
    });
    expect(await isFree('harnessSecretManager')).toBe(false);
  });

  it('says whether an identifier is free in a scope', async () => {
    await givenConnector(app, connector('taken', { orgIdentifier: 'o1' }));
    expect(await isFree('taken', `${QUERY}&orgIdentifier=o1`)).toBe(false);
    expect(await isFree('taken')).toBe(true);
  });

  it('deletes a connector with its tags and its uses, so that its secrets are free again', async () => {
    await givenSecret(app, 'released');
    await givenConnector(app, accessKeyConnector('short', { accessKey: 'released', secretKey: 'released' }));
    expect(await remove('short')).toMatchObject({ status: 200, body: { data: true } });
    expect((await read('short')).body.code).toBe('RESOURCE_NOT_FOUND_EXCEPTION');
    expect(await isFree('short')).toBe(true);
    expect((await app.call('DELETE', `/ng/api/v2/secrets/released?${QUERY}`)).status).toBe(200);
  });

  it('refuses to delete a connector that a secret is stored in, and says which', async () => {
    await givenSecret(app, 'inside');
    await givenConnector(app, connector('holder'));
    const from = await app.deps.storage.secrets.find({ place: {}, identifier: 'inside' });
    const to = await app.deps.storage.connectors.find({}, 'holder');
    const use = { field: 'secret.spec.secretManagerIdentifier', of: { kind: 'connector', id: to?.id ?? '' } } as const;
    await app.deps.storage.usage.add({ kind: 'secret', id: from?.id ?? '' }, [use], new Date().toISOString());
    const answer = await remove('holder', `${QUERY}&forceDelete=true`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'ENTITY_REFERENCE_EXCEPTION' } });
    expect(answer.body.metadata?.referencedBy).toMatchObject([{ type: 'Secrets', identifier: 'inside' }]);
    expect(answer.body.message).toContain('secret “inside” (the account level)');
  });

  it('takes forceDelete, which clients send, where nothing uses the connector', async () => {
    await givenConnector(app, connector('forced'));
    expect((await remove('forced', `${QUERY}&forceDelete=true`)).status).toBe(200);
  });
});
