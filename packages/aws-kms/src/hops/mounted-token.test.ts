import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Ambient } from '../ambient.ts';
import { collect } from '../test-support/collect.ts';
import { type Issuer, openIssuer } from '../test-support/issuer.ts';
import { type Lab, openLab } from '../test-support/lab.ts';
import { standIn } from '../test-support/stand-in.ts';

/** The token that Kubernetes mounts for a service account: the SDK's provider exchanges it, with our deadlines. */
let issuer: Issuer;
let lab: Lab;
const tokenFile = join(tmpdir(), `wardline-token-${randomUUID()}`);
beforeAll(async () => {
  issuer = await openIssuer();
  lab = await openLab({ oidcIssuer: issuer.url });
});
afterEach(() => {
  lab.simulator.faults.clear();
  vi.unstubAllEnvs();
});
afterAll(() => Promise.all([lab.simulator.close(), issuer.close(), rm(tokenFile, { force: true })]));

const roleArn = () => lab.role('wardline-oidc').arn;
const mount = (changes = {}, end = '') =>
  writeFile(tokenFile, `${issuer.credential(roleArn(), changes).webIdentityToken}${end}`);

interface Circumstances {
  readonly env?: NodeJS.ProcessEnv;
  readonly sts?: string;
  readonly deadlines?: Ambient['deadlines'];
  readonly signal?: AbortSignal;
}
const onHost = ({ env = {}, sts = lab.simulator.endpoints.sts, deadlines, signal }: Circumstances = {}) => {
  const announced = { AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile, AWS_ROLE_ARN: roleArn(), ...env };
  const ambient = lab.at({ kms: lab.simulator.endpoints.kms, sts }, { env: announced, deadlines });
  return collect(lab.task({ type: 'AssumeIAMRole' }), ambient, signal);
};

it('a mounted token becomes the role of the service account, and its claims are shown', async () => {
  await mount();
  const run = await onHost();
  expect(run.finished.status).toBe('SUCCESS');
  expect(run.fact('credentials', 'Credential source')).toBe('Web identity token file');
  expect(run.fact('credentials', 'Token subject (sub)')).toBe('default');
  expect(run.fact('identity', 'Caller ARN')).toMatch(/:assumed-role\/wardline-oidc\/wardline-test-1$/);
});

it('a newline at the end of the file is no part of it, and the session can be named', async () => {
  await mount({}, '\n');
  const run = await onHost({ env: { AWS_ROLE_SESSION_NAME: 'pod-7' } });
  expect(run.fact('identity', 'Caller ARN')).toMatch(/\/pod-7$/);
});

it('a file that is announced and missing is named with its path', async () => {
  const run = await onHost({ env: { AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token' } });
  expect(run.cause).toBe('web-identity-token-unreadable');
  expect(run.finished.finding?.explanation).toContain('/nowhere/token, which cannot be read (ENOENT)');
});

it('a refusal keeps the answer of AWS, and the fix is filled in from the token', async () => {
  await mount({ subject: 'another-pod' });
  const run = await onHost();
  expect(run.hop('credentials')).toMatchObject({
    status: 'fail',
    finding: { code: 'oidc-trust' },
    aws: { operation: 'AssumeRoleWithWebIdentity', code: 'AccessDenied', httpStatus: 403 },
  });
  expect(run.hop('credentials').aws?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(run.finished.finding?.explanation).toContain('sub “another-pod”');
  expect(run.finished.finding?.fixes[0]?.target).toBe(roleArn());
});

it.each([
  ['hang', 'timeout'],
  ['throttle', 'throttled'],
  ['html-body', 'not-aws'],
] as const)('one attempt within its deadline, whatever comes: %s', async (kind, cause) => {
  await mount();
  lab.simulator.faults.add({ service: 'sts', kind, count: 1 });
  const run = await onHost(kind === 'hang' ? { deadlines: { requestMs: 800 } } : {});
  expect(run.cause).toBe(cause);
  expect(lab.simulator.faults.list()).toEqual([]);
});

it('cancelling reaches the hidden client: its connection is closed', async () => {
  await mount();
  const cancel = new AbortController();
  let gone: Promise<unknown> | undefined;
  const server = await standIn((request) => {
    gone = once(request.socket, 'close');
    cancel.abort();
  });
  const run = await onHost({ sts: server.url, signal: cancel.signal });
  expect(run.cause).toBe('cancelled');
  expect(gone).toBeDefined();
  await gone;
  await server.close();
});

it('what the SDK would take from this process is not asked: keys, role, session name, profile', async () => {
  await mount();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'made-up-id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'made-up-secret');
  vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::444455556666:role/of-the-process');
  vi.stubEnv('AWS_ROLE_SESSION_NAME', 'of-the-process');
  vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', '/nowhere/of-the-process');
  vi.stubEnv('AWS_REGION', 'eu-west-3');
  vi.stubEnv('AWS_PROFILE', 'of-the-process');
  vi.stubEnv('AWS_ENDPOINT_URL_STS', 'http://127.0.0.1:1');
  const run = await onHost();
  expect(run.finished.status).toBe('SUCCESS');
  expect(run.fact('identity', 'Caller ARN')).toMatch(/:assumed-role\/wardline-oidc\/wardline-test-1$/);
});

it('a server that echoes the token does not get it into the account', async () => {
  await mount();
  const server = await standIn(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const token = new URLSearchParams(Buffer.concat(chunks).toString()).get('WebIdentityToken');
    const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>bad token ${token}</Message></Error>`;
    response
      .writeHead(403, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r' })
      .end(`<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`);
  });
  const run = await onHost({ sts: server.url });
  await server.close();
  expect(run.hop('credentials').aws?.message).toBe('bad token [hidden]');
});
