import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { collect } from '../test-support/collect.ts';
import { type Issuer, openIssuer } from '../test-support/issuer.ts';
import { type Lab, openLab } from '../test-support/lab.ts';

let issuer: Issuer;
let lab: Lab;
const tokenFile = join(tmpdir(), `wardline-token-${randomUUID()}`);
beforeAll(async () => {
  issuer = await openIssuer();
  lab = await openLab({ oidcIssuer: issuer.url });
});
afterEach(() => lab.simulator.faults.clear());
afterAll(() => Promise.all([lab.simulator.close(), issuer.close(), rm(tokenFile, { force: true })]));

const host = (ambient = lab.ambient()) => collect(lab.task({ type: 'AssumeIAMRole' }), ambient);
/** The simulator's KMS and STS, with the host looked for in this environment. */
const hostIn = (env: NodeJS.ProcessEnv) => {
  const { kms, sts } = lab.simulator.endpoints;
  return host(lab.at({ kms, sts }, { env }));
};

it('an instance without a profile', async () => {
  lab.simulator.faults.add({ service: 'imds', kind: 'no-role' });
  const run = await host();
  expect(run.cause).toBe('imds-no-role');
  expect(run.statuses).toEqual(['pass', 'fail', 'skipped', 'skipped', 'skipped', 'skipped', 'skipped', 'skipped']);
  expect(run.fact('credentials', 'Sources tried')).toBe(
    'Instance metadata (IMDSv2): the role request was answered with HTTP 404',
  );
});

it('a container one hop too far away from instance metadata', async () => {
  lab.simulator.faults.add({ service: 'imds', kind: 'hop-limit' });
  const run = await host(lab.ambient({ deadlines: { hostMs: 500 } }));
  expect(run.cause).toBe('imds-hop-limit');
});

it('instance metadata that hangs is given up at its deadline', async () => {
  lab.simulator.faults.add({ service: 'imds', kind: 'hang' });
  const run = await host(lab.ambient({ deadlines: { hostMs: 200 } }));
  expect(run.cause).toBe('no-host-identity');
  expect(run.fact('credentials', 'Sources tried')).toContain('within 200 ms');
});

it('instance metadata that drops every connection', async () => {
  lab.simulator.faults.add({ service: 'imds', kind: 'imds-off' });
  expect((await host()).cause).toBe('no-host-identity');
});

it('instance metadata that is switched off by AWS answers 403', async () => {
  const server = createServer((_, response) => response.writeHead(403).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const imds = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await host(lab.at({ ...lab.simulator.endpoints, imds }))).cause).toBe('imds-disabled');
  server.close();
});

it('a proxy page in place of instance metadata is no token', async () => {
  lab.simulator.faults.add({ service: 'imds', kind: 'html-body' });
  const run = await host();
  expect(run.hop('credentials').status).toBe('fail');
  expect(run.finished.status).toBe('FAILURE');
});

it('expired credentials of the host are refused, not extended', async () => {
  lab.simulator.faults.add({ service: 'imds', kind: 'expired-credentials' });
  expect((await host()).cause).toBe('host-credentials-expired');
});

it('AWS_EC2_METADATA_DISABLED is respected and named', async () => {
  const run = await hostIn({ AWS_EC2_METADATA_DISABLED: 'true' });
  expect(run.cause).toBe('imds-disabled');
  expect(run.fact('credentials', 'Sources tried')).toMatch(
    /Web identity.*Container.*switched off by AWS_EC2_METADATA_DISABLED/,
  );
});

it('the metadata endpoint is taken from the environment', async () => {
  const run = await hostIn({ AWS_EC2_METADATA_SERVICE_ENDPOINT: lab.simulator.endpoints.imds });
  expect(run.finished.status).toBe('SUCCESS');
});

it('a container endpoint that refuses its token ends the search: the role of the machine beneath is not tried', async () => {
  const run = await hostIn({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: lab.simulator.containerCredentials.uri,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'not-the-token',
    AWS_EC2_METADATA_SERVICE_ENDPOINT: lab.simulator.endpoints.imds,
  });
  expect(run.cause).toBe('container-credentials-failed');
  expect(run.fact('credentials', 'Sources tried')).not.toContain('Instance metadata');
});

it('a container endpoint elsewhere than on this host is never given the token', async () => {
  const run = await hostIn({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://credentials.example/',
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'a-token',
  });
  expect(run.cause).toBe('container-credentials-failed');
  expect(run.fact('credentials', 'Sources tried')).toContain('neither https nor an address of this host');
});

it('the authorization token of a pod is read from its file', async () => {
  await writeFile(tokenFile, `${lab.simulator.containerCredentials.authorizationToken}\n`);
  const run = await hostIn({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: lab.simulator.containerCredentials.uri,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
  });
  expect(run.finished.status).toBe('SUCCESS');
});
