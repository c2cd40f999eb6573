import type { EntityUsage, Page } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  accessKeyConnector,
  type Failure,
  givenConnector,
  givenSecret,
  type Success,
} from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ROOT = '/ng/api/entitySetupUsage';
const project = { orgIdentifier: 'o1', projectIdentifier: 'p1' };

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
    await givenSecret(app, 'shared');
    for (const id of ['one', 'two', 'three']) {
      await givenConnector(app, accessKeyConnector(id, { accessKey: 'shared', secretKey: 'shared', kmsArn: 'shared' }));
    }
    const { connector } = accessKeyConnector('four', { accessKey: 'account.shared', secretKey: 'account.shared' });
    await givenConnector(app, { connector: { ...connector, ...project } });
  });
  afterAll(() => app.close());

  const ask = (query: string, path = ROOT) => app.call<Success<Page<EntityUsage>> & Failure>('GET', `${path}?${query}`);
  const users = async (query: string, path?: string) =>
    (await ask(query, path)).body.data.content.map((usage) => usage.referredByEntity.entityRef.identifier);

  it.each([ROOT, `${ROOT}/v2`])('lists each user once, of whatever scope, at %s', async (path) => {
    const query = 'identifier=shared&referredEntityType=Secrets';
    expect(await users(query, path)).toEqual(['four', 'one', 'three', 'two']);
    const { body } = await ask(query, path);
    expect(body.data).toMatchObject({ totalItems: 4, totalPages: 1 });
    expect(body.data.content[0]).toMatchObject({
      accountIdentifier: 'default',
      referredEntity: { type: 'Secrets', name: 'shared', entityRef: { scope: 'account', identifier: 'shared' } },
      referredByEntity: { type: 'Connectors', name: 'four', entityRef: { scope: 'project', ...project } },
    });
  });

  it('pages and searches', async () => {
    const query = 'identifier=shared&referredEntityType=Secrets';
    expect(await users(`${query}&pageSize=3&pageIndex=1`)).toEqual(['two']);
    expect(await users(`${query}&searchTerm=THR`)).toEqual(['three']);
  });

  it('takes a full name in place of scope and identifier', async () => {
    expect(await users('referredEntityFQN=default/shared&referredEntityType=Secrets')).toHaveLength(4);
    expect(await users('referredEntityFQN=default/o1/shared&referredEntityType=Secrets')).toEqual([]);
    expect((await ask('referredEntityFQN=shared&referredEntityType=Secrets')).status).toBe(400);
  });

  it('finds no users of what nothing uses, or of what is not there', async () => {
    expect(await users('identifier=one&referredEntityType=Connectors')).toEqual([]);
    expect(await users('identifier=nowhere&referredEntityType=Secrets')).toEqual([]);
  });

  it('follows a connector that changes its secrets', async () => {
    await givenSecret(app, 'next');
    const body = accessKeyConnector('one', { accessKey: 'next', secretKey: 'next' });
    await app.call('PUT', '/ng/api/connectors', body);
    expect(await users('identifier=next&referredEntityType=Secrets')).toEqual(['one']);
    expect(await users('identifier=shared&referredEntityType=Secrets')).toEqual(['four', 'three', 'two']);
  });

  it('wants to know which entity', async () => {
    expect((await ask('referredEntityType=Secrets')).body.errors).toMatchObject([{ fieldId: 'identifier' }]);
    expect((await ask('identifier=shared&referredEntityType=Pipelines')).body.errors).toMatchObject([
      { fieldId: 'referredEntityType' },
    ]);
  });
});
