import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Ambient } from '../ambient.ts';
import { collect } from '../test-support/collect.ts';
import { type Lab, openLab } from '../test-support/lab.ts';
import { standIn, tlsStandIn } from '../test-support/stand-in.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterEach(() => lab.simulator.faults.clear());
afterAll(() => lab.simulator.close());

const kmsAt = (kms: string, changes: Partial<Ambient> = {}, signal?: AbortSignal) =>
  collect(lab.task(lab.manual()), lab.at({ ...lab.simulator.endpoints, kms }, changes), signal);
const faulty = (fault: Parameters<Lab['simulator']['faults']['add']>[0]) => {
  lab.simulator.faults.add(fault);
  // Short only where nothing answers in time: on a busy machine, what does answer may take a while.
  const silent = fault.kind === 'hang' || fault.kind === 'latency';
  return collect(lab.task(lab.manual()), lab.ambient(silent ? { deadlines: { requestMs: 800 } } : {}));
};

it('a name that DNS does not know', async () => {
  const run = await kmsAt('https://kms.nowhere.invalid');
  expect(run.cause).toBe('dns');
  expect(run.finished.finding?.explanation).toContain('kms.nowhere.invalid');
});

it('a port where nothing listens; a proxy variable is named as ignored', async () => {
  const run = await kmsAt('http://127.0.0.1:1', { env: { HTTPS_PROXY: 'http://proxy.example:3128' } });
  expect(run.cause).toBe('connection-refused');
  expect(run.finished.finding?.explanation).toContain(
    'HTTPS_PROXY is set on this host, but the AWS SDK ignores proxy variables',
  );
  expect(JSON.stringify(run.events)).not.toContain('proxy.example');
});

it('a proxy variable is named as in force where the runner has agents that go by it', async () => {
  const agents = { http: new HttpAgent(), https: new HttpsAgent() };
  const run = await kmsAt('http://127.0.0.1:1', { env: { HTTPS_PROXY: 'http://proxy.example:3128' }, agents });
  expect(run.finished.finding?.explanation).toContain(
    'HTTPS_PROXY is set on this host: requests go through that proxy',
  );
});

it('a certificate that no authority signed', async () => {
  const server = await tlsStandIn('localhost');
  const run = await kmsAt(server.url.replace('127.0.0.1', 'localhost'));
  await server.close();
  expect(run.cause).toBe('tls-untrusted');
  expect(run.hop('describe-key').aws?.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
});

it('TLS spoken to a server without TLS', async () => {
  expect((await kmsAt(lab.simulator.endpoints.kms.replace('http:', 'https:'))).cause).toBe('tls-untrusted');
});

it.each([
  ['a silent endpoint', { service: 'kms', operation: 'GenerateDataKey', kind: 'hang' }, 'generate-data-key', 'timeout'],
  [
    'an answer that comes too late',
    { service: 'kms', operation: 'Decrypt', kind: 'latency', ms: 5_000 },
    'decrypt',
    'timeout',
  ],
  [
    'a reset before the answer',
    { service: 'kms', operation: 'DescribeKey', kind: 'reset', when: 'before-answer' },
    'describe-key',
    'connection-broken',
  ],
  [
    'a reset in the middle of an answer',
    { service: 'kms', operation: 'GenerateDataKey', kind: 'reset', when: 'mid-body' },
    'generate-data-key',
    'connection-broken',
  ],
  [
    'an answer that is cut off',
    { service: 'kms', operation: 'GenerateDataKey', kind: 'truncated-body' },
    'generate-data-key',
    'connection-broken',
  ],
  [
    'a proxy page with status 200',
    { service: 'kms', operation: 'DescribeKey', kind: 'html-body', status: 200 },
    'describe-key',
    'not-aws',
  ],
  [
    'a proxy page with status 503',
    { service: 'kms', operation: 'Decrypt', kind: 'html-body', status: 503 },
    'decrypt',
    'not-aws',
  ],
  [
    'a proxy that wants a login',
    { service: 'kms', operation: 'DescribeKey', kind: 'proxy-authentication' },
    'describe-key',
    'proxy-authentication',
  ],
  ['throttling', { service: 'kms', operation: 'GenerateDataKey', kind: 'throttle' }, 'generate-data-key', 'throttled'],
  [
    'trouble at KMS',
    { service: 'kms', operation: 'Decrypt', kind: 'server-error', status: 500 },
    'decrypt',
    'kms-unavailable',
  ],
  [
    'a dependency of KMS',
    { service: 'kms', operation: 'DescribeKey', kind: 'server-error', status: 503, code: 'DependencyTimeoutException' },
    'describe-key',
    'kms-unavailable',
  ],
  [
    'a key that is unavailable for now',
    { service: 'kms', operation: 'DescribeKey', kind: 'server-error', status: 500, code: 'KeyUnavailableException' },
    'describe-key',
    'kms-unavailable',
  ],
  [
    'a wrong key at Decrypt',
    {
      service: 'kms',
      operation: 'Decrypt',
      kind: 'error',
      status: 400,
      code: 'IncorrectKeyException',
      message: 'The key ID in the request does not identify a CMK that can perform this operation.',
    },
    'decrypt',
    'wrong-key',
  ],
  [
    'a ciphertext that arrives damaged',
    {
      service: 'kms',
      operation: 'Decrypt',
      kind: 'error',
      status: 400,
      code: 'InvalidCiphertextException',
      message: '',
    },
    'decrypt',
    'ciphertext-refused',
  ],
  [
    'an error nobody has named',
    {
      service: 'kms',
      operation: 'DescribeKey',
      kind: 'error',
      status: 400,
      code: 'BrandNewException',
      message: 'Hello.',
    },
    'describe-key',
    'unknown-cause',
  ],
] as const)('%s', async (_, fault, hop, code) => {
  const run = await faulty(fault);
  expect(run.cause).toBe(code);
  expect(run.hop(hop)).toMatchObject({ status: 'fail', finding: { code } });
});

it('one attempt per call: a fault that strikes once is shown, not retried away', async () => {
  const run = await faulty({ service: 'kms', operation: 'DescribeKey', kind: 'throttle', count: 1 });
  expect(run.cause).toBe('throttled');
  expect(lab.simulator.faults.list()).toEqual([]);
});

it('an empty body with status 200 is not taken for success', async () => {
  const server = await standIn((_, response) => response.writeHead(200).end());
  expect((await kmsAt(server.url)).cause).toBe('not-aws');
  const sts = await collect(lab.task(lab.sts()), lab.at({ ...lab.simulator.endpoints, sts: server.url }));
  expect(sts.hop('assume-role')).toMatchObject({ status: 'fail', finding: { code: 'not-aws' } });
  await server.close();
});

it('a service that ignores the encryption context is found out', async () => {
  const plaintext = Buffer.alloc(32, 7).toString('base64');
  const answers: Record<string, object> = {
    DescribeKey: { KeyMetadata: { KeyId: 'x', Arn: lab.key('working').arn, KeyState: 'Enabled' } },
    GenerateDataKey: { KeyId: lab.key('working').arn, CiphertextBlob: 'YWJj', Plaintext: plaintext },
    Decrypt: { KeyId: lab.key('working').arn, Plaintext: plaintext },
  };
  const server = await standIn((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    response
      .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(answers[operation] ?? {}));
  });
  const run = await kmsAt(server.url);
  await server.close();
  expect(run.statuses.slice(4)).toEqual(['pass', 'pass', 'pass', 'fail']);
  expect(run.cause).toBe('context-not-bound');
});

it('cancelling ends the run while a call is under way, with its account complete', async () => {
  const controller = new AbortController();
  const server = await standIn(() => controller.abort());
  const run = await kmsAt(server.url, {}, controller.signal);
  await server.close();
  // Had the run waited for an answer, its cause would be the deadline of the call.
  expect(run.cause).toBe('cancelled');
  expect(run.statuses.slice(4)).toEqual(['fail', 'skipped', 'skipped', 'skipped']);
});

it('the deadline of the whole task ends it although each call is within its own', async () => {
  lab.simulator.faults.add({ service: 'kms', operation: 'GenerateDataKey', kind: 'hang' });
  const run = await collect({ ...lab.task(lab.manual()), deadlineMs: 300 }, lab.ambient());
  expect(run.cause).toBe('deadline-exceeded');
});

it('a run that was cancelled before it began says so', async () => {
  const run = await collect(lab.task(lab.manual()), lab.ambient(), AbortSignal.abort());
  expect(run.finished.status).toBe('FAILURE');
  expect(run.cause).toBe('cancelled');
});
