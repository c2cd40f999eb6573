import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  accessKeyConnector,
  type Created,
  connector,
  type Failure,
  givenConnector,
  givenSecret,
} from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const URL = '/ng/api/connectors?accountIdentifier=default';

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  const create = <T = Created>(body: unknown) => app.call<T>('POST', URL, body);

  it('answers with the whole connector in the documented envelope', async () => {
    await givenSecret(app, 'ak');
    await givenSecret(app, 'sk');
    await givenSecret(app, 'arn');
    const body = accessKeyConnector('kms_one', { accessKey: 'account.ak', secretKey: 'sk', kmsArn: 'account.arn' });
    const answer = await create({ connector: { ...body.connector, name: 'kms one', tags: { env: 'dev', solo: '' } } });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'SUCCESS',
        metaData: null,
        data: {
          connector: {
            name: 'kms one',
            identifier: 'kms_one',
            description: '',
            accountIdentifier: 'default',
            orgIdentifier: null,
            projectIdentifier: null,
            tags: { env: 'dev', solo: '' },
            type: 'AwsKms',
          },
          status: { status: 'PENDING', errorSummary: null, errors: null, testedAt: 0, lastConnectedAt: 0 },
          harnessManaged: false,
          entityValidityDetails: { valid: true, invalidYaml: null },
          governanceMetadata: null,
          disabled: false,
        },
      },
    });
    expect(answer.body.correlationId).not.toBe('');
    expect(answer.body.data.createdAt).toBeGreaterThan(Date.now() - 60_000);
    expect(answer.body.data.connector.spec).toStrictEqual({
      credential: { type: 'ManualConfig', spec: { accessKey: 'account.ak', secretKey: 'sk', delegateSelectors: null } },
      kmsArn: 'account.arn',
      region: 'eu-west-1',
      delegateSelectors: [],
      executeOnDelegate: true,
      default: false,
    });
  });

  it('stores the fields of each credential type and only the ARN field that was set', async () => {
    const sts = { delegateSelectors: ['eu'], roleArn: 'any text', externalName: 'ext-1', assumeStsRoleDuration: 900 };
    const created = await givenConnector(
      app,
      connector('sts', {
        spec: { credential: { type: 'AssumeSTSRole', spec: sts }, kmsArnInPlainText: 'k', region: 'r' },
      }),
    );
    expect(created.connector.spec.credential).toStrictEqual({ type: 'AssumeSTSRole', spec: sts });
    expect(created.connector.spec).not.toHaveProperty('kmsArn');

    const oidc = { type: 'OidcAuthentication', spec: { iamRoleArn: 'role' } } as const;
    const spec = { credential: oidc, kmsArnInPlainText: 'k', region: 'r', executeOnDelegate: false };
    const other = await givenConnector(app, connector('oidc', { spec }));
    expect(other.connector.spec).toMatchObject({
      credential: { type: 'OidcAuthentication', spec: { delegateSelectors: null, iamRoleArn: 'role' } },
      executeOnDelegate: false,
    });
  });

  it('accepts what the Go client sends for fields that are not set', async () => {
    const { connector: plain } = connector('from_go');
    const answer = await create({
      connector: {
        ...plain,
        _: null,
        orgIdentifier: '',
        projectIdentifier: '',
        spec: {
          connectorType: '',
          credential: { type: 'AssumeIAMRole', spec: { delegateSelectors: ['eu'] } },
          kmsArn: '',
          KmsArnInPlaintext: 'plain key',
          region: 'eu-west-1',
          delegateSelectors: null,
          default: false,
        },
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.body.data.connector.spec).toMatchObject({ kmsArnInPlainText: 'plain key', executeOnDelegate: true });
  });

  it('names every field that is not as documented', async () => {
    const answer = await create<Failure>({
      connector: { ...connector('a-b').connector, name: '', extra: 1, spec: { credential: { type: 'Nothing' } } },
    });
    expect(answer).toMatchObject({ status: 400, body: { status: 'FAILURE', code: 'INVALID_REQUEST' } });
    const fields = answer.body.errors?.map(({ fieldId }) => fieldId) ?? [];
    expect(fields).toEqual(
      expect.arrayContaining(['connector.identifier', 'connector.name', 'connector.spec.credential.type']),
    );
    for (const field of fields) expect(answer.body.message).toContain(`${field}: `);
  });

  it.each([
    ['both ARN fields', { kmsArn: 'account.arn', kmsArnInPlainText: 'k' }, 'connector.spec.kmsArn', 'not both'],
    ['no ARN field', { kmsArnInPlainText: '' }, 'connector.spec.kmsArnInPlainText', 'Give the key ARN'],
    [
      'no selectors where the host of a delegate is the identity',
      { credential: { type: 'AssumeIAMRole', spec: { delegateSelectors: [] } } },
      'connector.spec.credential.spec.delegateSelectors',
      'at least one delegate tag',
    ],
  ])('refuses %s', async (_what, spec, fieldId, text) => {
    const plain = connector('refused').connector;
    const answer = await create<Failure>({ connector: { ...plain, spec: { ...plain.spec, ...spec } } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(answer.body.errors).toContainEqual({ fieldId, error: expect.stringContaining(text) });
  });

  it('refuses another type', async () => {
    const answer = await create<Failure>({ connector: { ...connector('local').connector, type: 'Local' } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ fieldId: 'connector.type' }] } });
  });

  it('refuses the identifier of the built-in secret manager', async () => {
    const answer = await create<Failure>(connector('harnessSecretManager'));
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(answer.body.message).toContain('built-in secret manager');
  });

  it('refuses an identifier that is taken in the scope, and takes it in another', async () => {
    await givenConnector(app, connector('twice'));
    const answer = await create<Failure>(connector('twice'));
    expect(answer).toMatchObject({ status: 400, body: { status: 'ERROR', code: 'DUPLICATE_FIELD' } });
    expect(answer.body.responseMessages?.at(-1)).toMatchObject({ code: 'DUPLICATE_FIELD', level: 'ERROR' });
    expect((await create(connector('twice', { orgIdentifier: 'o1' }))).status).toBe(200);
  });

  it('gives an identifier to one of many who ask for it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create<Failure>(connector('raced'))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(({ body }) => body.code)).toEqual(Array(7).fill('DUPLICATE_FIELD'));
  });

  it('refuses a query that contradicts the body about the scope', async () => {
    const answer = await app.call<Failure>(
      'POST',
      `${URL}&orgIdentifier=o2`,
      connector('moved', { orgIdentifier: 'o1' }),
    );
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ fieldId: 'connector.orgIdentifier' }] } });
    expect(answer.body.message).toContain('The query says “o2”, the body says “o1”');
  });

  it('refuses another account and names this one', async () => {
    const answer = await app.call<Failure>('POST', '/ng/api/connectors?accountIdentifier=acc2', connector('foreign'));
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain('one account, “default”');
  });

  it('makes the newest default the only one of its scope, however many ask at once', async () => {
    const asDefault = (identifier: string) => {
      const { connector: plain } = connector(identifier, { orgIdentifier: 'defaults' });
      return { connector: { ...plain, spec: { ...plain.spec, default: true } } };
    };
    const ids = ['d1', 'd2', 'd3', 'd4', 'd5'];
    const answers = await Promise.all(ids.map((id) => create(asDefault(id))));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
    const rows = await app.database.db
      .selectFrom('connectors')
      .select('is_default')
      .where('org_id', '=', 'defaults')
      .execute();
    expect(rows.map((row) => row.is_default).sort()).toEqual([0, 0, 0, 0, 1]);
  });

  it('refuses an ID that is a word of the paths beside it, and says that it is not free', async () => {
    const { paths } = (await app.call<{ paths: object }>('GET', '/api/openapi.json')).body;
    const words = new Set(
      Object.keys(paths).flatMap((path) => /^\/ng\/api\/connectors\/(\w+)/.exec(path)?.slice(1) ?? []),
    );
    expect(words).toContain('stats');
    for (const word of words) {
      const { status, body } = await create<Failure>(connector(word));
      expect([status, body.errors?.[0]?.fieldId], word).toEqual([400, 'connector.identifier']);
      const free = await app.call('GET', `/ng/api/connectors/validateUniqueIdentifier?identifier=${word}`);
      expect(free.body, word).toMatchObject({ data: false });
    }
  });

  it.each([
    ['connector.description', { description: 'a\0b' }],
    ['connector.name', { name: 'a\0b' }],
    ['connector.tags.a\0', { tags: { 'a\0': '' } }],
    ['connector.tags.a', { tags: { a: '\0' } }],
  ])('refuses the character U+0000 alike on both engines, naming %j', async (field, changes) => {
    const { status, body } = await create<Failure>(connector('with_null', changes));
    expect([status, body.errors?.map(({ fieldId }) => fieldId)]).toEqual([400, [field]]);
  });
});
