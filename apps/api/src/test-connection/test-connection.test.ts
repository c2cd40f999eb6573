import { HOPS, type TestResult } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../db/client.ts';
import { describeEachEngine } from '../test-support/test-app.ts';
import { connector, credentials, seedKey, seedUser } from './testing/connectors.ts';
import { createConnector, createSecret, post, streamTest, testStored } from './testing/requests.ts';
import { startServer, type TestServer } from './testing/start-server.ts';

let server: TestServer;

async function start(engine: Engine): Promise<void> {
  server = await startServer(engine);
  const user = seedUser(server.simulator.seed, 'wardline');
  await createSecret(server, 'access_key', user.accessKeyId);
  await createSecret(server, 'secret_key', user.secretAccessKey);
}

const types = ['ManualConfig', 'AssumeIAMRole', 'AssumeSTSRole', 'OidcAuthentication'] as const;

async function lastTest(identifier: string): Promise<TestResult | null> {
  const answer = await server.fetch(`/api/connectors/${identifier}/last-test`);
  return ((await answer.json()) as { data: TestResult | null }).data;
}

async function stored(identifier: string) {
  const answer = await server.fetch(`/ng/api/connectors/${identifier}`);
  const body = (await answer.json()) as { data: { status: Record<string, unknown> } };
  return body.data.status;
}

describeEachEngine((engine) => {
  beforeAll(() => start(engine));
  afterAll(() => server.close());

  describe('testing a stored connector', () => {
    it.each(types)('shows each hop of %s as it happens, and last that it works', async (type) => {
      await createConnector(server, connector(server, `stream_${type}`, credentials(server)[type]));
      const stream = await streamTest(server, `/ng/api/connectors/testConnection/stream_${type}`);
      expect(stream.headers.get('content-type')).toContain('text/event-stream');
      expect(stream.headers.get('x-accel-buffering')).toBe('no');
      expect(stream.headers.get('content-encoding')).toBeNull();

      const events = await stream.read();
      const finished = events.flatMap((event) => (event.type === 'hop-finished' ? [event.result.hop] : []));
      expect(finished).toEqual([...HOPS]);
      expect(events.at(-1)).toMatchObject({
        type: 'result',
        result: { status: 'SUCCESS', errors: null, finding: null },
      });
      expect(await stored(`stream_${type}`)).toMatchObject({ status: 'SUCCESS' });
    });

    it('answers with the whole trace as JSON, and keeps it', async () => {
      await createConnector(server, connector(server, 'json', credentials(server).ManualConfig));
      expect(await lastTest('json')).toBeNull();
      const result = await testStored(server, 'json');
      expect(result.status).toBe('SUCCESS');
      expect(result.trace.map(({ hop }) => hop)).toEqual([...HOPS]);
      expect(result.taskId).toMatch(/^[0-9a-f-]{36}$/);
      expect(result.delegateId).toEqual(expect.any(String));
      expect(await lastTest('json')).toEqual(result);
      expect(await stored('json')).toMatchObject({ testedAt: result.testedAt, lastConnectedAt: result.testedAt });
    });

    it('runs on the platform, and says so, where the connector asks for it', async () => {
      const spec = { executeOnDelegate: false };
      await createConnector(server, connector(server, 'platform', credentials(server).OidcAuthentication, spec));
      const result = await testStored(server, 'platform');
      expect(result).toMatchObject({ status: 'SUCCESS', delegateId: null });
      expect(new Set(result.trace.map(({ where }) => where.kind))).toEqual(new Set(['platform']));
    });

    it('keeps a failure with its finding, in the form that clients of the ecosystem show', async () => {
      const spec = { kmsArnInPlainText: seedKey(server.simulator.seed, 'disabled') };
      await createConnector(server, connector(server, 'disabled', credentials(server).ManualConfig, spec));
      const result = await testStored(server, 'disabled');
      const finding = result.trace.find(({ status }) => status === 'fail')?.finding;
      if (!finding) throw new Error('no hop says why it failed');
      expect(result).toMatchObject({
        status: 'FAILURE',
        errors: [{ code: 450, reason: finding.title, message: finding.explanation }],
        errorSummary: `${finding.title} (${finding.explanation})`,
        finding: null,
      });
      expect(finding.fixes.length).toBeGreaterThan(0);
      expect(await stored('disabled')).toMatchObject({ status: 'FAILURE', lastConnectedAt: 0 });
    });

    it('goes nowhere else when no delegate has the tags, and says which tag is missing', async () => {
      const credential = { type: 'AssumeIAMRole', spec: { delegateSelectors: ['embedded', 'eu-vpc'] } };
      await createConnector(server, connector(server, 'no_delegate', credential));
      const result = await testStored(server, 'no_delegate');
      expect(result).toMatchObject({ status: 'FAILURE', trace: [], finding: { code: 'delegate-not-available' } });
      expect(result.finding?.explanation).toContain('“eu-vpc”');
      expect(await lastTest('no_delegate')).toEqual(result);
    });

    it('reports a secret whose stored value was tampered with as an outcome', async () => {
      await createSecret(server, 'spoilt', 'arn');
      await createConnector(
        server,
        connector(server, 'spoilt_arn', credentials(server).ManualConfig, {
          kmsArn: 'account.spoilt',
          kmsArnInPlainText: undefined,
        }),
      );
      await server.db
        .updateTable('secret_values')
        .set({ message: 'AAAA' })
        .where('secret_id', 'in', server.db.selectFrom('secrets').select('id').where('identifier', '=', 'spoilt'))
        .execute();
      const result = await testStored(server, 'spoilt_arn');
      expect(result).toMatchObject({ status: 'FAILURE', finding: { code: 'secret-not-decryptable' } });
    });

    it('answers for an unknown connector as the ecosystem does, also to a client that wants a stream', async () => {
      const path = '/ng/api/connectors/testConnection/nothing';
      const json = await post(server, path, {});
      expect(json).toMatchObject({ status: 400, body: { status: 'ERROR', code: 'CONNECTOR_NOT_FOUND_EXCEPTION' } });
      expect((await streamTest(server, path)).status).toBe(400);
    });

    it.each([
      ['no body', undefined, undefined],
      ['an empty JSON body', 'application/json', ''],
      ['an empty object', 'application/json', '{}'],
      ['a form', 'application/x-www-form-urlencoded', 'a=b'],
    ])('accepts %s', async (_what, contentType, body) => {
      const answer = await server.fetch('/ng/api/connectors/testConnection/no_delegate', {
        method: 'POST',
        headers: contentType === undefined ? {} : { 'content-type': contentType },
        body: body ?? null,
      });
      expect(answer.status).toBe(200);
    });

    it('runs overlapping tests of one connector side by side, and keeps one whole outcome', async () => {
      await createConnector(server, connector(server, 'overlap', credentials(server).ManualConfig));
      const results = await Promise.all(Array.from({ length: 5 }, () => testStored(server, 'overlap')));
      expect(results.map(({ status }) => status)).toEqual(Array(5).fill('SUCCESS'));
      const kept = await lastTest('overlap');
      expect(results).toContainEqual(kept);
      expect(kept?.testedAt).toBe(Math.max(...results.map(({ testedAt }) => testedAt)));
    });
  });

  describe('testing a draft', () => {
    it.each(types)('tests %s without storing anything', async (type) => {
      const draft = connector(server, `draft_${type}`, credentials(server)[type]);
      const stream = await streamTest(server, '/api/connectors/test', { body: { connector: draft } });
      expect((await stream.read()).at(-1)).toMatchObject({ type: 'result', result: { status: 'SUCCESS' } });
      expect((await server.fetch(`/ng/api/connectors/draft_${type}`)).status).toBe(400);
    });

    it('has the rules of saving: a secret that does not exist is named with its field', async () => {
      const credential = {
        type: 'ManualConfig',
        spec: { accessKey: 'account.nothing', secretKey: 'account.secret_key' },
      };
      const answer = await post(server, '/api/connectors/test', { connector: connector(server, 'draft', credential) });
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'INVALID_REQUEST', errors: [{ fieldId: 'connector.spec.credential.spec.accessKey' }] },
      });
    });
  });
});
