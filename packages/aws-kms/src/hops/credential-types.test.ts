import { afterAll, beforeAll, expect, it } from 'vitest';
import { collect } from '../test-support/collect.ts';
import { type Issuer, openIssuer } from '../test-support/issuer.ts';
import { type Lab, openLab } from '../test-support/lab.ts';
import { Session } from './session.ts';
import { testConnection } from './test-connection.ts';

let issuer: Issuer;
let lab: Lab;
beforeAll(async () => {
  issuer = await openIssuer();
  lab = await openLab({ oidcIssuer: issuer.url });
});
afterAll(async () => {
  await lab.simulator.close();
  await issuer.close();
});

it('an access key is used as it is, without a role', async () => {
  const run = await collect(lab.task(lab.manual()), lab.ambient());
  expect(run.finished).toEqual({ type: 'finished', status: 'SUCCESS' });
  expect(run.statuses).toEqual(['pass', 'pass', 'pass', 'skipped', 'pass', 'pass', 'pass', 'pass']);
  expect(run.fact('credentials', 'Credential source')).toBe('The two secrets of this connector');
  expect(run.fact('identity', 'Caller ARN')).toMatch(/:user\/wardline$/);
  expect(run.fact('assume-role', 'Skipped')).toMatch(/no role is assumed/);
  expect(run.fact('context-binding', 'Refused with')).toBe('InvalidCiphertextException');
});

it('the role of the host comes from instance metadata, and every source asked is named', async () => {
  const run = await collect(lab.task({ type: 'AssumeIAMRole' }), lab.ambient());
  expect(run.finished.status).toBe('SUCCESS');
  expect(run.fact('credentials', 'Credential source')).toBe('Instance metadata (IMDSv2)');
  expect(run.fact('credentials', 'Sources tried')).toContain('role wardline-host');
  expect(run.fact('identity', 'Caller ARN')).toContain(':assumed-role/wardline-host/');
});

it('the role of a container comes from its endpoint, with its authorization token', async () => {
  const { kms, sts } = lab.simulator.endpoints;
  const ambient = lab.at({ kms, sts, containerCredentials: lab.simulator.containerCredentials });
  const run = await collect(lab.task({ type: 'AssumeIAMRole' }), ambient);
  expect(run.finished.status).toBe('SUCCESS');
  expect(run.fact('credentials', 'Credential source')).toBe('Container credentials endpoint');
});

it('the environment announces a container endpoint as ECS and EKS do', async () => {
  const { kms, sts } = lab.simulator.endpoints;
  const { uri, authorizationToken } = lab.simulator.containerCredentials;
  const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri, AWS_CONTAINER_AUTHORIZATION_TOKEN: authorizationToken };
  const run = await collect(lab.task({ type: 'AssumeIAMRole' }), lab.at({ kms, sts }, { env }));
  expect(run.finished.status).toBe('SUCCESS');
  expect(run.fact('credentials', 'Sources tried')).toMatch(
    /^Web identity token file: not configured.*Container credentials endpoint: found/,
  );
});

it('a role is assumed from the host with external ID and duration', async () => {
  const run = await collect(lab.task(lab.sts({ durationSeconds: 900 })), lab.ambient());
  expect(run.finished.status).toBe('SUCCESS');
  expect(run.statuses).toEqual(['pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass']);
  expect(run.fact('identity', 'Caller ARN')).toContain(':assumed-role/wardline-host/');
  expect(run.fact('assume-role', 'Caller ARN')).toContain(':assumed-role/wardline-kms/wardline-test-1');
  const expires = Date.parse(run.fact('assume-role', 'Session expires') ?? '');
  expect(expires - Date.now()).toBeLessThanOrEqual(900_000);
  expect(expires - Date.now()).toBeGreaterThan(800_000);
});

it('a token of the issuer is exchanged for the role', async () => {
  const run = await collect(lab.task(issuer.credential(lab.role('wardline-oidc').arn)), lab.ambient());
  expect(run.finished.status).toBe('SUCCESS');
  expect(run.statuses).toEqual(['pass', 'pass', 'skipped', 'pass', 'pass', 'pass', 'pass', 'pass']);
  expect(run.fact('credentials', 'Token issuer (iss)')).toBe(issuer.url);
  expect(run.fact('assume-role', 'Caller ARN')).toContain(':assumed-role/wardline-oidc/');
});

it('the key is described with what people ask about, rotation included', async () => {
  const run = await collect(lab.task(lab.manual(), { keyArn: lab.key('multi-region').arn }), lab.ambient());
  const { facts } = run.hop('describe-key');
  expect(facts).toEqual(
    expect.arrayContaining([
      { name: 'Key state', value: 'Enabled' },
      { name: 'Key usage', value: 'ENCRYPT_DECRYPT' },
      { name: 'Key spec', value: 'SYMMETRIC_DEFAULT' },
      { name: 'Origin', value: 'AWS_KMS' },
      { name: 'Multi-Region', value: expect.stringMatching(/^yes/) },
    ]),
  );
  const all = run.events.flatMap((event) => (event.type === 'hop-finished' ? event.result.facts : []));
  expect(all.filter(({ name }) => name === 'Rotation')).toHaveLength(1);
});

it('an alias is resolved, and what follows is pinned to the key behind it', async () => {
  const { arn, aliasArn } = lab.key('working');
  const run = await collect(lab.task(lab.manual(), { keyArn: aliasArn }), lab.ambient());
  expect(run.finished.status).toBe('SUCCESS');
  expect(run.fact('describe-key', 'Key')).toBe(arn);
  expect(run.fact('generate-data-key', 'Key')).toBe(arn);
});

it('every answer of AWS carries its operation, status and request ID', async () => {
  const run = await collect(lab.task(lab.manual()), lab.ambient());
  const operations = { identity: 'GetCallerIdentity', 'describe-key': 'DescribeKey', decrypt: 'Decrypt' } as const;
  for (const [hop, operation] of Object.entries(operations)) {
    const { aws } = run.hop(hop as keyof typeof operations);
    expect(aws).toMatchObject({ operation, code: 'OK', httpStatus: 200 });
    expect(aws?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(run.hop('context-binding').aws).toMatchObject({ code: 'InvalidCiphertextException', httpStatus: 400 });
});

it('the plaintext data key is wiped when the test ends, also when its reader stops early', async () => {
  const session = new Session(lab.task(lab.manual()), lab.ambient(), new AbortController().signal);
  const kept: Uint8Array[] = [];
  const wipeAtEnd = session.wipeAtEnd.bind(session);
  session.wipeAtEnd = (plaintext) => {
    kept.push(plaintext);
    wipeAtEnd(plaintext);
  };
  for await (const event of testConnection(session)) {
    if (event.type !== 'hop-finished' || event.result.hop !== 'generate-data-key') continue;
    expect(kept[0]?.some((byte) => byte !== 0)).toBe(true);
    break;
  }
  expect(kept.map((plaintext) => plaintext.every((byte) => byte === 0))).toEqual([true]);
});
