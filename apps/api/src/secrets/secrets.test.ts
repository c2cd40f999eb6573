import type { Page, SecretResponse } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  accessKeyConnector,
  type Failure,
  givenConnector,
  givenSecret,
  type Success,
  scopeQuery,
  secret,
} from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { readSecretValues } from './read-secret-values.ts';

const ROOT = '/ng/api/v2/secrets';
const project = { orgIdentifier: 'o1', projectIdentifier: 'p1' };

type One = Success<SecretResponse> & Failure;
type Many = Success<Page<SecretResponse>> & Failure;

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  const create = (body: unknown, query = '') => app.call<One>('POST', `${ROOT}?${query}`, body);
  const read = (id: string, query = '') => app.call<One>('GET', `${ROOT}/${id}?${query}`);
  const update = (id: string, body: unknown, query = '') => app.call<One>('PUT', `${ROOT}/${id}?${query}`, body);
  const remove = (id: string, query = '') => app.call<Success<boolean> & Failure>('DELETE', `${ROOT}/${id}?${query}`);
  const plaintext = async (reference: string, place = {}) => {
    const asking = { place, identifier: 'asking' };
    return (await readSecretValues(app.deps, asking, [{ field: 'connector.spec.kmsArn', reference }])).get(reference);
  };
  const rowOf = (identifier: string) =>
    app.database.db
      .selectFrom('secrets')
      .innerJoin('secret_values', 'secret_values.id', 'secrets.value_id')
      .selectAll('secret_values')
      .where('identifier', '=', identifier)
      .executeTakeFirstOrThrow();

  it('stores a value and never answers it', async () => {
    const { secret: body } = secret('kept', 'the plain value');
    const created = await create({ secret: { ...body, tags: { a: '' }, description: 'd' } });
    expect(created.status).toBe(200);
    expect(created.body.data).toMatchObject({
      secret: {
        type: 'SecretText',
        name: 'kept',
        identifier: 'kept',
        orgIdentifier: null,
        projectIdentifier: null,
        tags: { a: '' },
        description: 'd',
        spec: { secretManagerIdentifier: 'harnessSecretManager', valueType: 'Inline', value: null },
      },
      version: 1,
      byteLength: 15,
      proof: { state: 'pending', provenAt: null, failedAt: null, finding: null },
      draft: false,
      governanceMetadata: null,
    });
    const answers = [
      created,
      await read('kept'),
      await app.call('POST', `${ROOT}/list`, {}),
      await app.call('GET', ROOT),
    ];
    expect(JSON.stringify(answers)).not.toContain('the plain value');
    const row = await rowOf('kept');
    expect(JSON.stringify(row)).not.toContain('the plain value');
    expect(Buffer.from(row.message, 'base64').toString('latin1')).not.toContain('the plain value');
    expect(await plaintext('account.kept')).toBe('the plain value');
  });

  it('accepts what the Go client sends for fields that are not set', async () => {
    const { secret: body } = secret('from_go');
    const spec = { ...body.spec, type: '', additionalMetadata: {} };
    const answer = await create({ secret: { ...body, orgIdentifier: '', projectIdentifier: '', tags: null, spec } });
    expect(answer.status).toBe(200);
  });

  it('keeps the value when an update has none, and replaces it when it has', async () => {
    await create(secret('changing', 'first ✓'));
    const { secret: body } = secret('changing', '');
    expect((await update('changing', { secret: { ...body, name: 'renamed' } })).body.data.secret.name).toBe('renamed');
    expect(await plaintext('changing')).toBe('first ✓');
    expect((await update('changing', secret('changing', 'second'))).status).toBe(200);
    expect(await plaintext('changing')).toBe('second');
  });

  it.each([
    ['its identifier', { identifier: 'other' }, 'secret.identifier'],
    ['its scope', { orgIdentifier: 'o1' }, 'secret.orgIdentifier'],
    [
      'its secret manager',
      { spec: { valueType: 'Inline', secretManagerIdentifier: 'org.vault' } },
      'secret.spec.secretManagerIdentifier',
    ],
    ['its type', { type: 'SecretFile' }, 'secret.type'],
  ])('refuses to change %s', async (_what, change, fieldId) => {
    await create(secret('fixed'));
    const answer = await update('fixed', { secret: { ...secret('fixed').secret, ...change } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(answer.body.errors?.map((field) => field.fieldId)).toContain(fieldId);
  });

  it('takes another spelling of the same secret manager for the same', async () => {
    await create(secret('spelled'));
    const { secret: body } = secret('spelled');
    const spec = { ...body.spec, secretManagerIdentifier: 'account.harnessSecretManager' };
    expect((await update('spelled', { secret: { ...body, spec } })).status).toBe(200);
  });

  it('answers for an unknown secret with the documented codes', async () => {
    expect(await read('nowhere')).toMatchObject({ status: 400, body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' } });
    expect(await update('nowhere', secret('nowhere'))).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
    expect(await remove('nowhere')).toMatchObject({ status: 404, body: { code: 'ENTITY_NOT_FOUND' } });
  });

  it('needs a value to create', async () => {
    const answer = await create(secret('empty', ''));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ fieldId: 'secret.spec.value' }] } });
  });

  it('takes a value of a megabyte, and says that a longer one is too long', async () => {
    const largest = '€'.repeat(349_525);
    expect(await create(secret('largest', largest))).toMatchObject({
      status: 200,
      body: { data: { byteLength: 1_048_575 } },
    });
    expect(await plaintext('largest')).toBe(largest);
    const answer = await create(secret('larger', `${largest}ab`));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ fieldId: 'secret.spec.value' }] } });
    expect(answer.body.message).toContain('A value has at most 1048576 bytes.');
    expect((await read('larger')).body.code).toBe('RESOURCE_NOT_FOUND_EXCEPTION');
    const escaped = '\u0001'.repeat(1_000_000);
    expect((await create(secret('escaped', escaped))).status).toBe(413);
  });

  it.each([
    ['vault', 'There is no secret manager “vault” at the account level'],
    ['account.vault', 'There is no secret manager “account.vault” at the account level'],
    ['org.harnessSecretManager', "can't be used from the account level"],
    ['x.harnessSecretManager', "can't be used from the account level"],
  ])('does not store values in %s, which there is not', async (manager, because) => {
    const { secret: body } = secret('elsewhere');
    const answer = await create({ secret: { ...body, spec: { ...body.spec, secretManagerIdentifier: manager } } });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ fieldId: 'secret.spec.secretManagerIdentifier' }] },
    });
    expect(answer.body.message).toContain(because);
  });

  it('never repeats a value in an error', async () => {
    const answer = await create({ secret: { ...secret('bad', 'very private').secret, type: 'SSHKey', unknown: 1 } });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain('very private');
  });

  it('refuses an identifier that is taken, also by one who asks at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => create(secret('raced'))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.find(({ status }) => status !== 200);
    expect(refused).toMatchObject({ status: 400, body: { status: 'ERROR', code: 'INVALID_REQUEST' } });
    expect(refused?.body.message).toContain('already a secret with the ID “raced”');
  });

  it('keeps scopes apart and wants query and body to agree', async () => {
    const query = scopeQuery(project);
    expect((await create(secret('same', 'of the account'))).status).toBe(200);
    expect((await create(secret('same', 'of the project', project), query)).status).toBe(200);
    expect(await plaintext('same', project)).toBe('of the project');
    expect(await plaintext('account.same', project)).toBe('of the account');
    const disagreeing = await create(secret('moved', 'v', project));
    expect(disagreeing.status).toBe(400);
    expect(disagreeing.body.errors?.map(({ fieldId }) => fieldId)).toEqual([
      'secret.orgIdentifier',
      'secret.projectIdentifier',
    ]);
    expect((await remove('same', query)).status).toBe(200);
    expect((await read('same')).status).toBe(200);
  });

  it('is bound to its place: a value that is moved in the database does not open', async () => {
    await create(secret('origin', 'here only'));
    await create(secret('target'));
    const { message, number } = await rowOf('origin');
    const { id } = await rowOf('target');
    await app.database.db.updateTable('secret_values').set({ message, number }).where('id', '=', id).execute();
    await expect(plaintext('target')).rejects.toMatchObject({ code: 'SECRET_MANAGEMENT_ERROR' });
  });

  it('says which field and reference cannot be read', async () => {
    await expect(plaintext('account.nothing')).rejects.toThrow(
      'connector.spec.kmsArn: There is no secret “account.nothing”',
    );
    await expect(plaintext('org.nothing')).rejects.toThrow("“org.nothing” can't be used from the account level");
  });

  it('is not deleted while it is used, and says by whom', async () => {
    await givenSecret(app, 'used');
    for (let n = 0; n < 7; n++) {
      await givenConnector(app, accessKeyConnector(`user_${n}`, { accessKey: 'used', secretKey: 'account.used' }));
    }
    const answer = await remove('used');
    expect(answer).toMatchObject({ status: 400, body: { status: 'ERROR', code: 'ENTITY_REFERENCE_EXCEPTION' } });
    expect(answer.body.metadata?.referencedBy).toHaveLength(7);
    expect(answer.body.message).toContain('connector “user_0” (the account level)');
    expect(answer.body.message).toContain('2 more');
    expect((await remove('used', 'forceDelete=true')).body.code).toBe('ENTITY_REFERENCE_EXCEPTION');
    expect((await read('used')).status).toBe(200);
  });

  it('says whether an identifier is free', async () => {
    await givenSecret(app, 'taken');
    const isFree = async (id: string) =>
      (await app.call<Success<boolean>>('GET', `${ROOT}/validateUniqueIdentifier/${id}`)).body.data;
    expect(await isFree('taken')).toBe(false);
    expect(await isFree('untaken')).toBe(true);
  });

  it('lists what passes a filter, page by page', async () => {
    const place = { orgIdentifier: 'listed' };
    for (const id of ['s1', 's2', 's3']) await givenSecret(app, id, place);
    await givenSecret(app, 'inner', { ...place, projectIdentifier: 'p' });
    const list = (body: unknown, query = scopeQuery(place)) => app.call<Many>('POST', `${ROOT}/list?${query}`, body);
    const ids = ({ body }: { body: Many }) => body.data.content.map((one) => one.secret.identifier);

    expect(ids(await list({}))).toEqual(['s3', 's2', 's1']);
    expect(ids(await list({ searchTerm: 'S2' }))).toEqual(['s2']);
    expect(ids(await list({ identifiers: ['s1', 'zz'] }))).toEqual(['s1']);
    expect(ids(await list({ secretTypes: ['SecretText'] }))).toEqual(['s3', 's2', 's1']);
    expect(ids(await list({ secretTypes: ['SSHKey'] }))).toEqual([]);
    const all = await list(
      { includeAllSecretsAccessibleAtScope: true, searchTerm: 'in' },
      scopeQuery({ ...place, projectIdentifier: 'p' }),
    );
    expect(ids(all)).toContain('inner');
    const first = await list({}, `${scopeQuery(place)}&pageSize=2&sortOrders=name,ASC`);
    expect(ids(first)).toEqual(['s1', 's2']);
    expect(ids(await list({}, `${scopeQuery(place)}&pageSize=2&pageToken=${first.body.data.pageToken}`))).toEqual([
      's3',
    ]);

    const old = await app.call<Many>(
      'GET',
      `${ROOT}?${scopeQuery(place)}&type=SecretText&searchTerm=s&identifiers=s1,s2`,
    );
    expect(ids(old)).toEqual(['s2', 's1']);
    expect(old.body.data.totalItems).toBe(2);
  });
});
