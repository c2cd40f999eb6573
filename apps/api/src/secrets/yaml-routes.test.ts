import type {
  AuditEventResponse,
  Page,
  Resolved,
  SecretResponse,
  SecretValidation,
  TestResult,
} from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accessKeyConnector,
  type Failure,
  givenConnector,
  givenSecret,
  type Success,
  scopeQuery,
  secret,
} from '../test-support/fixtures.ts';
import { givenProgramWith } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { form, spec } from './files/testing/form.ts';

const ROOT = '/ng/api/v2/secrets';
type One = Success<SecretResponse> & Failure;

const described = (identifier: string, more = '') => `
# Kept in a repository.
secret:
  type: SecretText
  name: ${identifier}
  identifier: ${identifier}
  tags: { team: payments, solo: "" }
  spec:
    secretManagerIdentifier: harnessSecretManager
    valueType: Inline
${more}`;

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  async function send<T = One>(
    method: 'POST' | 'PUT',
    url: string,
    payload: string,
    { type = 'application/yaml', ...headers }: Record<string, string> = {},
  ): Promise<{ status: number; body: T }> {
    const answer = await app.inject({ method, url, payload, headers: { 'content-type': type, ...headers } });
    return { status: answer.statusCode, body: answer.json() };
  }
  const create = (text: string, query = '', headers = {}) => send('POST', `${ROOT}/yaml?${query}`, text, headers);
  const update = (id: string, text: string, headers = {}) => send('PUT', `${ROOT}/${id}/yaml`, text, headers);
  const validate = (id: string, body: unknown = {}, headers?: Record<string, string>) =>
    app.call<Success<SecretValidation> & Failure>('POST', `${ROOT}/validate?identifier=${id}`, body, headers);
  const resolve = async (reference: string) => {
    const answer = await app.call<{ resolved: Resolved[] }>('POST', '/api/secrets/resolve', {
      references: [reference],
    });
    return answer.body.resolved[0];
  };

  describe('a secret as YAML', () => {
    it('without a value is a draft: nobody can read it until it gets its value', async () => {
      const answer = await create(described('draft'));
      expect(answer).toMatchObject({
        status: 200,
        body: {
          data: { draft: true, version: 1, secret: { identifier: 'draft', tags: { team: 'payments', solo: '' } } },
        },
      });
      expect(await resolve('account.draft')).toMatchObject({
        status: 'error',
        error: { code: 'INVALID_REQUEST', message: expect.stringContaining('has no value yet') },
      });
      expect(await app.call('PUT', `${ROOT}/draft`, secret('draft', 'its value'))).toMatchObject({
        status: 200,
        body: { data: { draft: false, version: 2 } },
      });
      expect(await resolve('account.draft')).toMatchObject({ status: 'ok', value: 'its value' });
    });

    it('without a value is no access key for a connector, whose test says so', async () => {
      await create(described('no_key_yet'));
      await givenSecret(app, 'a_key');
      const { connector } = accessKeyConnector('early', {
        accessKey: 'account.no_key_yet',
        secretKey: 'account.a_key',
      });
      await givenConnector(app, { connector: { ...connector, spec: { ...connector.spec, executeOnDelegate: false } } });
      const url = '/ng/api/connectors/testConnection/early?accountIdentifier=default';
      const { body } = await app.call<Success<TestResult>>('POST', url);
      expect(body.data.status).toBe('FAILURE');
      expect(JSON.stringify(body.data)).toContain('The secret “no_key_yet” has no value yet');
    });

    it('changes what is said of a secret, and leaves its value, also that of a file', async () => {
      await app.call('POST', ROOT, secret('told', 'stays'));
      const changed = await update('told', described('told', '  description: new'));
      expect(changed).toMatchObject({ status: 200, body: { data: { version: 2, secret: { description: 'new' } } } });
      expect(changed.body.data.draft).toBe(false);
      expect(await resolve('account.told')).toMatchObject({ status: 'ok', value: 'stays' });

      const { type, body: payload } = form([spec('file'), { name: 'file', filename: 'f', content: 'bytes' }]);
      const headers = { 'content-type': type };
      expect((await app.inject({ method: 'POST', url: `${ROOT}/files`, payload, headers })).statusCode).toBe(200);
      const file = 'secret: { type: SecretFile, name: renamed, identifier: file, spec: {} }';
      expect(await update('file', file)).toMatchObject({
        status: 200,
        body: { data: { byteLength: 5, secret: { name: 'renamed', type: 'SecretFile' } } },
      });
      const content = await app.inject({ method: 'GET', url: '/api/secrets/files/file' });
      expect(content.body).toBe('bytes');
      const newFile = await create('secret: { type: SecretFile, name: f, identifier: f, spec: {} }');
      expect(newFile.body.message).toContain('POST /ng/api/v2/secrets/files');
    });

    it('with an inline value is refused, says what to do, and does not repeat it', async () => {
      await givenSecret(app, 'kept');
      const text = described('kept', '    value: very private');
      for (const answer of [await create(text), await update('kept', text)]) {
        expect(answer).toMatchObject({ status: 400, body: { errors: [{ fieldId: 'secret.spec.value' }] } });
        expect(answer.body.message).toContain('send it as JSON: PUT /ng/api/v2/secrets/{identifier}');
        expect(JSON.stringify(answer.body)).not.toContain('very private');
      }
      expect(await resolve('account.kept')).toMatchObject({ value: 'value of kept', version: 1 });
    });

    it('keeps the rules of the JSON routes: what never changes, scopes, stale versions, IDs that are taken', async () => {
      await givenSecret(app, 'ruled');
      const read = await app.call<One>('GET', `${ROOT}/ruled`);
      expect(await create(described('ruled'))).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
      expect((await update('ruled', described('other'))).body.errors?.[0]?.fieldId).toBe('secret.identifier');
      const elsewhere = await create(described('elsewhere'), scopeQuery({ orgIdentifier: 'o1' }));
      expect(elsewhere.body.errors?.[0]?.fieldId).toBe('secret.orgIdentifier');
      const stale = { 'if-match': String(read.body.data.updatedAt - 1) };
      expect(await update('ruled', described('ruled'), stale)).toMatchObject({
        status: 400,
        body: { code: 'OPTIMISTIC_LOCKING_EXCEPTION' },
      });
      const current = { 'if-match': String(read.body.data.updatedAt) };
      expect((await update('ruled', described('ruled'), current)).status).toBe(200);
      expect((await update('nowhere', described('nowhere'))).body.code).toBe('INVALID_REQUEST');
    });

    it('is on record like any other change', async () => {
      await create(described('recorded'));
      await update('recorded', described('recorded', '  description: d'));
      const { body } = await app.call<Success<Page<AuditEventResponse>>>(
        'POST',
        '/audit/api/audits/list?pageSize=50',
        {},
      );
      const events = body.data.content.filter(({ resource }) => resource.identifier === 'recorded');
      expect(events.map(({ action }) => action)).toEqual(['UPDATE', 'CREATE']);
    });

    it.each(['text/yaml', 'text/plain; charset=utf-8', 'application/x-yaml', 'application/json'])(
      'may come as %s',
      async (type) => {
        const id = `as_${type.replace(/\W/g, '_')}`;
        expect((await create(described(id), '', { type })).status).toBe(200);
      },
    );

    it('as something else is told what to send', async () => {
      const answer = await create(described('xml'), '', { type: 'application/xml' });
      expect(answer).toMatchObject({ status: 415, body: { message: 'Send the body as application/yaml.' } });
      expect((await create('# nothing')).body.message).toBe('body: Send a body, as application/yaml.');
      expect((await create('secret: { type: SSHKey }')).body.message).toBe(
        'secret.type: Send SecretText or SecretFile.',
      );
    });
  });

  describe('validating a secret', () => {
    it('proves that its value can be read, and notes it', async () => {
      await givenSecret(app, 'proven');
      expect(await validate('proven')).toMatchObject({ status: 200, body: { data: { success: true, message: null } } });
      const { body } = await app.call<One>('GET', `${ROOT}/proven`);
      expect(body.data.proof.state).toBe('proven');
    });

    it('finds a value that was damaged', async () => {
      await givenSecret(app, 'damaged');
      await givenSecret(app, 'other');
      const { db } = app.database;
      const idOf = async (identifier: string) =>
        (
          await db
            .selectFrom('secrets')
            .select('value_id')
            .where('identifier', '=', identifier)
            .executeTakeFirstOrThrow()
        ).value_id;
      const foreign = db
        .selectFrom('secret_values')
        .select('message')
        .where('id', '=', await idOf('other'));
      const { message } = await foreign.executeTakeFirstOrThrow();
      await db
        .updateTable('secret_values')
        .set({ message })
        .where('id', '=', await idOf('damaged'))
        .execute();
      const answer = await validate('damaged', { type: 'SecretText' });
      expect(answer.body.data).toMatchObject({
        success: false,
        message: expect.stringContaining('not what Wardline wrote'),
      });
      expect((await app.call<One>('GET', `${ROOT}/damaged`)).body.data.proof.state).toBe('failed');
    });

    it('fails for what there is not, for a draft, and for what an SSH key would be tried on', async () => {
      await create(described('empty'));
      await givenSecret(app, 'a_text');
      const messages = [
        await validate('nothing'),
        await validate('empty'),
        await validate('a_text', { type: 'SSHKey', host: 'example.test' }),
      ].map(({ status, body }) => [status, body.data.success, body.data.message]);
      expect(messages).toEqual([
        [200, false, 'There is no secret with the ID “nothing” there.'],
        [200, false, 'The secret “empty” has no value yet. Enter its value.'],
        [200, false, 'The secret “a_text” is a SecretText, not a SSHKey.'],
      ]);
    });

    it('takes the right to read values', async () => {
      await givenSecret(app, 'guarded');
      const viewer = await givenProgramWith(app, 'viewer', [{ role: '_account_viewer' }]);
      expect(await validate('guarded', {}, viewer)).toMatchObject({ status: 403, body: { code: 'NG_ACCESS_DENIED' } });
    });
  });
});
