import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessKeyConnector, type Failure, givenConnector, givenSecret } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const URL = '/ng/api/connectors?accountIdentifier=default';
const project = { orgIdentifier: 'o1', projectIdentifier: 'p1' };

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
    await givenSecret(app, 'top');
    await givenSecret(app, 'mid', { orgIdentifier: 'o1' });
    await givenSecret(app, 'low', project);
    await givenSecret(app, 'other', { orgIdentifier: 'o2' });
  });
  afterAll(() => app.close());

  const create = (body: unknown) => app.call<Failure>('POST', URL, body);
  /** Pretends that a secret is kept in another manager, which the API cannot do yet. */
  const storeElsewhere = (identifier: string, manager: string) =>
    app.database.db
      .updateTable('secrets')
      .set({ secret_manager: manager })
      .where('identifier', '=', identifier)
      .execute();

  it('uses secrets of its own scope and of those above', async () => {
    const { connector } = accessKeyConnector('reaching', {
      accessKey: 'low',
      secretKey: 'org.mid',
      kmsArn: 'account.top',
    });
    expect((await create({ connector: { ...connector, ...project } })).status).toBe(200);
  });

  it('names the field and the reference of each secret that is missing', async () => {
    const body = accessKeyConnector('dangling', { accessKey: 'account.nothing', secretKey: 'top', kmsArn: 'nowhere' });
    const answer = await create(body);
    expect(answer).toMatchObject({ status: 400, body: { status: 'FAILURE', code: 'INVALID_REQUEST' } });
    expect(answer.body.errors).toEqual([
      {
        fieldId: 'connector.spec.credential.spec.accessKey',
        error: expect.stringContaining('There is no secret “account.nothing” (ID “nothing”, the account level)'),
      },
      { fieldId: 'connector.spec.kmsArn', error: expect.stringContaining('There is no secret “nowhere”') },
    ]);
  });

  it('refuses secrets of a scope below', async () => {
    const answer = await create(accessKeyConnector('too_high', { accessKey: 'org.mid', secretKey: 'top' }));
    expect(answer.body.errors).toEqual([
      {
        fieldId: 'connector.spec.credential.spec.accessKey',
        error: expect.stringContaining("“org.mid” can't be used from the account level"),
      },
    ]);
  });

  it('does not find secrets of another organization', async () => {
    const { connector } = accessKeyConnector('beside', { accessKey: 'org.other', secretKey: 'account.top' });
    const answer = await create({ connector: { ...connector, ...project } });
    expect(answer.body.message).toContain('There is no secret “org.other” (ID “other”, organization “o1”)');
  });

  it('refuses secrets that are kept in another secret manager', async () => {
    await givenSecret(app, 'kept');
    await storeElsewhere('kept', 'account.vault');
    const answer = await create(accessKeyConnector('borrowing', { accessKey: 'kept', secretKey: 'top' }));
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(answer.body.message).toContain('stored in “account.vault”');
    expect(answer.body.message).toContain('only in the built-in one (harnessSecretManager)');
  });

  it('refuses a secret that is kept in the connector itself', async () => {
    await givenSecret(app, 'own');
    await givenConnector(app, accessKeyConnector('circle', { accessKey: 'own', secretKey: 'top' }));
    await storeElsewhere('own', 'circle');
    const answer = await app.call<Failure>(
      'PUT',
      URL,
      accessKeyConnector('circle', { accessKey: 'own', secretKey: 'top' }),
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(answer.body.message).toContain('cyclic dependency');
  });

  it('leaves no trace of a connector that was refused', async () => {
    await create(accessKeyConnector('refused', { accessKey: 'top', secretKey: 'nothing' }));
    expect(await app.deps.storage.connectors.find({}, 'refused')).toBeUndefined();
  });

  it('never lets a secret be deleted while a connector begins to use it', async () => {
    for (let round = 0; round < 10; round++) {
      const id = `contested_${round}`;
      await givenSecret(app, id);
      const [created, deleted] = await Promise.all([
        create(accessKeyConnector(id, { accessKey: id, secretKey: 'top' })),
        app.call<Failure>('DELETE', `/ng/api/v2/secrets/${id}?accountIdentifier=default`),
      ]);
      expect([created.status, deleted.status].sort()).toEqual([200, 400]);
    }
  });
});
