import { randomBytes } from 'node:crypto';
import type { TaskCredential } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Ambient } from '../ambient.ts';
import { collect } from '../test-support/collect.ts';
import { type Issuer, openIssuer } from '../test-support/issuer.ts';
import { type Lab, openLab } from '../test-support/lab.ts';
import { standIn } from '../test-support/stand-in.ts';

let issuer: Issuer;
let lab: Lab;
beforeAll(async () => {
  issuer = await openIssuer();
  lab = await openLab({ oidcIssuer: issuer.url });
});
afterEach(() => lab.simulator.faults.clear());
afterAll(() => Promise.all([lab.simulator.close(), issuer.close()]));

/** Passes requests on to a simulator service and keeps every secret that travels through it. */
async function eavesdrop(target: string, secrets: Set<string>) {
  return standIn(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === 'string' && !['connection', 'content-length', 'host'].includes(name))
        headers.set(name, value);
    }
    const body = Buffer.concat(chunks);
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method: request.method ?? 'GET',
      headers,
      ...(body.length > 0 ? { body } : {}),
    });
    const text = await answer.text();
    for (const found of text.matchAll(
      /(?:"(?:SecretAccessKey|Token|Plaintext)":\s*"|<(?:SecretAccessKey|SessionToken)>)([^"<]+)/g,
    )) {
      secrets.add(found[1] ?? '');
    }
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
  });
}

const CREDENTIALS: Array<[string, () => TaskCredential]> = [
  ['ManualConfig', () => lab.manual()],
  ['AssumeIAMRole', () => ({ type: 'AssumeIAMRole' })],
  ['AssumeSTSRole', () => lab.sts()],
  ['OidcAuthentication', () => issuer.credential(lab.role('wardline-oidc').arn)],
];

const secretsOf = (credential: TaskCredential): string[] => {
  if (credential.type === 'ManualConfig') return [credential.secretAccessKey];
  return credential.type === 'OidcAuthentication' ? [credential.webIdentityToken] : [];
};

it.each(CREDENTIALS)('no secret that was used or travelled appears in an event: %s', async (_, credentialOf) => {
  const credential = credentialOf();
  const secrets = new Set(secretsOf(credential));
  // Signatures cover the host, so KMS and STS are asked directly; what the host hands out is overheard.
  const imds = await eavesdrop(lab.simulator.endpoints.imds, secrets);
  for (const fault of [undefined, { service: 'kms', operation: 'Decrypt', kind: 'throttle' } as const]) {
    if (fault) lab.simulator.faults.add(fault);
    const run = await collect(lab.task(credential), lab.at({ ...lab.simulator.endpoints, imds: imds.url }));
    const text = JSON.stringify(run.events);
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text.length).toBeGreaterThan(1_000);
  }
  await imds.close();
  const fromHost = credential.type === 'AssumeIAMRole' || credential.type === 'AssumeSTSRole';
  expect(secrets.size).toBe(fromHost ? 4 : 1);
});

/** Answers every call of KMS and STS with the request's own secrets in the message, as a broken or hostile server might. */
async function echoing(echo: string, run: (ambient: Ambient) => Promise<unknown>) {
  const server = await standIn((request, response) => {
    const token = request.headers['x-amz-security-token'] ?? '';
    const message = `The security token ${echo} ${token} is bad. The Canonical String for this request should have been x-amz-security-token:${token}`;
    response
      .writeHead(400, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r' })
      .end(JSON.stringify({ __type: 'InvalidSignatureException', message }));
  });
  await run(lab.at({ ...lab.simulator.endpoints, kms: server.url }));
  await server.close();
}

it('secrets that a server echoes are taken out of its message', async () => {
  const secretAccessKey = randomBytes(30).toString('base64');
  const credential: TaskCredential = { type: 'ManualConfig', accessKeyId: 'AKIAMADEUPMADEUP', secretAccessKey };
  await echoing(secretAccessKey, async (ambient) => {
    const sts = 'http://127.0.0.1:1';
    const run = await collect(lab.task(credential), {
      ...ambient,
      endpoints: (r) => ({ ...ambient.endpoints(r), sts }),
    });
    const text = JSON.stringify(run.events);
    expect(run.hop('describe-key').aws?.message).toMatch(/^The security token \[hidden\]/);
    expect(text).not.toContain(secretAccessKey);
    expect(text).not.toContain('Canonical String');
  });
});

it('a secret access key in the place of the access key ID is shown nowhere, and the mix-up is named', async () => {
  const { accessKeyId, secretAccessKey } = lab.simulator.seed.users[0] ?? { accessKeyId: '', secretAccessKey: '' };
  const swapped: TaskCredential = { type: 'ManualConfig', accessKeyId: secretAccessKey, secretAccessKey: accessKeyId };
  const run = await collect(lab.task(swapped), lab.ambient());
  expect(run.hop('validate').finding).toMatchObject({
    code: 'access-key-id-malformed',
    title: expect.stringContaining('swapped'),
  });
  expect(JSON.stringify(run.events)).not.toContain(secretAccessKey);
});

it('a key ARN that is kept as a secret is in no event, whether the test passes or fails', async () => {
  const keys = lab.simulator.seed.keys.map(({ arn }) => arn);
  const aliases = lab.simulator.seed.keys.map(({ aliasArn }) => aliasArn);
  for (const keyArn of [...keys, ...aliases]) {
    const run = await collect(lab.task(lab.manual(), { keyArn, keyArnIsSecret: true }), lab.ambient());
    const text = JSON.stringify(run.events);
    for (const arn of [keyArn, ...keys]) {
      expect(text).not.toContain(arn);
      expect(text).not.toContain(arn.slice(arn.indexOf('key/') + 4));
    }
    expect(run.hop('validate').facts).toContainEqual({
      name: 'Key ARN',
      value: 'kept as a secret; KEY_ARN stands for it',
    });
  }
});

it('the session token of an assumed role that a server echoes is taken out', async () => {
  await echoing('', async (ambient) => {
    const run = await collect(lab.task(lab.sts()), ambient);
    expect(run.hop('assume-role').status).toBe('pass');
    expect(run.hop('describe-key').aws?.message).toContain('[hidden]');
  });
});
