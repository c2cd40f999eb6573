import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { collect } from '../test-support/collect.ts';
import { type Issuer, openIssuer } from '../test-support/issuer.ts';
import { type Lab, openLab } from '../test-support/lab.ts';
import { added, allow, printed } from '../test-support/policies.ts';

let issuer: Issuer;
let stranger: Issuer;
let lab: Lab;
beforeAll(async () => {
  [issuer, stranger] = await Promise.all([openIssuer(), openIssuer()]);
  lab = await openLab({ oidcIssuer: issuer.url });
});
afterEach(() => lab.simulator.faults.clear());
afterAll(() => Promise.all([lab.simulator.close(), issuer.close(), stranger.close()]));

const run = (credential: Parameters<Lab['task']>[0]) => collect(lab.task(credential), lab.ambient());
const oidcRole = () => lab.role('wardline-oidc').arn;

it('a wrong external ID is one finding with the trust policy, which repairs it when carried out', async () => {
  const credential = lab.sts({ externalId: 'another-tenant' });
  const failed = await run(credential);
  expect(failed.cause).toBe('assume-role-denied');
  expect(failed.hop('assume-role').aws).toMatchObject({
    operation: 'AssumeRole',
    code: 'AccessDenied',
    httpStatus: 403,
  });
  expect(JSON.stringify(printed(failed, 'trust-policy'))).toContain('role/wardline-host');
  lab.simulator.admin.putTrustPolicy('wardline-kms', printed(failed, 'trust-policy'));
  expect((await run(credential)).finished.status).toBe('SUCCESS');
});

it('a host that may not assume the role is repaired by both printed policies', async () => {
  const key = lab.key('working').arn;
  const { arn: roleArn } = lab.simulator.admin.createRole({
    name: 'vault',
    trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sts:TagSession' }] },
    policy: allow(['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Decrypt'], key),
  });
  const credential = lab.sts({ roleArn });
  const failed = await run(credential);
  expect(failed.cause).toBe('assume-role-denied');
  lab.simulator.admin.putTrustPolicy('vault', printed(failed, 'trust-policy'));
  lab.simulator.admin.putRolePolicy('wardline-host', added(allow(['kms:*'], '*'), printed(failed, 'iam-policy')));
  expect((await run(credential)).finished.status).toBe('SUCCESS');
});

it('a host that is to assume the role which it already has is told to use it as it is', async () => {
  const failed = await run(lab.sts({ roleArn: lab.role('wardline-host').arn }));
  expect(failed.cause).toBe('assume-role-itself');
  expect((await run({ type: 'AssumeIAMRole' })).finished.status).toBe('SUCCESS');
});

it('a role that does not exist looks the same to AWS, and the finding says so', async () => {
  const failed = await run(lab.sts({ roleArn: 'arn:aws:iam::111122223333:role/nobody' }));
  expect(failed.cause).toBe('assume-role-denied');
  expect(failed.finished.finding?.explanation).toContain('does not exist');
});

it('STS as the only way to the role makes its failure final, with the identity already a warning', async () => {
  const { kms, imds } = lab.simulator.endpoints;
  const failed = await collect(lab.task(lab.sts()), lab.at({ kms, imds, sts: 'http://127.0.0.1:1' }));
  expect(failed.statuses.slice(0, 5)).toEqual(['pass', 'pass', 'warn', 'fail', 'skipped']);
  expect(failed.cause).toBe('connection-refused');
});

it.each([
  ['RegionDisabledException', 403, 'STS is not activated in this region', 'region-disabled'],
  [
    'ValidationError',
    400,
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    'duration-above-role-maximum',
  ],
  [
    'ValidationError',
    400,
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    'duration-role-chaining',
  ],
])('AssumeRole answered with %s (%i) is %s: %s', async (code, status, message, cause) => {
  lab.simulator.faults.add({ service: 'sts', operation: 'AssumeRole', kind: 'error', status, code, message });
  expect((await run(lab.sts())).cause).toBe(cause);
});

it('a token of an issuer that the account does not know', async () => {
  const failed = await run(stranger.credential(oidcRole()));
  expect(failed.cause).toBe('oidc-provider-missing');
  expect(failed.finished.finding?.fixes[0]?.body).toContain(`--url ${stranger.url}`);
});

it('an audience that the provider does not accept', async () => {
  expect((await run(issuer.credential(oidcRole(), { audience: 'someone-else' }))).cause).toBe('oidc-audience');
});

it('a subject that the role does not trust: the printed trust policy repairs it', async () => {
  const credential = issuer.credential(oidcRole(), { subject: 'team-a' });
  const failed = await run(credential);
  expect(failed.cause).toBe('oidc-trust');
  expect(failed.finished.finding?.explanation).toContain('sub “team-a”');
  lab.simulator.admin.putTrustPolicy('wardline-oidc', printed(failed, 'trust-policy'));
  expect((await run(credential)).finished.status).toBe('SUCCESS');
});

it('a token that is too old', async () => {
  expect((await run(issuer.credential(oidcRole(), { ageSeconds: 3600 }))).cause).toBe('oidc-token-expired');
});

it('keys of the issuer that AWS cannot fetch', async () => {
  lab.simulator.faults.add({ service: 'sts', kind: 'jwks-down' });
  expect((await run(issuer.credential(oidcRole()))).cause).toBe('oidc-keys-unreachable');
});

it.each(['IDPCommunicationError', 'IDPRejectedClaim'])('the issuer does not cooperate: %s', async (code) => {
  lab.simulator.faults.add({ service: 'sts', kind: 'error', status: 400, code, message: 'try again' });
  expect((await run(issuer.credential(oidcRole()))).cause).toBe('oidc-provider-error');
});
