import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { hostKeys, roleArn, stsClient } from '../test-support/clients.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.close());

async function assume(changes: Partial<AssumeRoleCommand['input']> = {}) {
  const RoleArn = roleArn(simulator, 'wardline-kms');
  const input = { RoleArn, RoleSessionName: 'test', ExternalId: 'wardline-demo', ...changes };
  return stsClient(simulator, await hostKeys(simulator)).send(new AssumeRoleCommand(input));
}
const failure = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => Promise.reject(new Error('It was allowed.')),
    (error: Error) => error,
  );

describe('the external ID', () => {
  it.each([undefined, 'another', 'Wardline-Demo'])('%s is refused exactly like a missing role', async (ExternalId) => {
    const wrongId = await failure(assume({ ExternalId }));
    const arn = roleArn(simulator, 'wardline-kms');
    const missing = await failure(assume({ RoleArn: `${arn}-gone` }));
    expect(wrongId.name).toBe('AccessDenied');
    expect(`${wrongId.message}-gone`).toBe(missing.message);
  });

  it.each(['x', 'has space', 'y'.repeat(1225)])('"%.12s…" is not of the allowed form', async (ExternalId) => {
    const error = await failure(assume({ ExternalId }));
    expect(error.name).toBe('ValidationError');
    expect(error.message).toContain("at 'externalId' failed to satisfy constraint");
  });
});

describe('both sides of a role in another account', () => {
  const theirs = '444455556666';
  const trusting = (Principal: object) => ({ Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } });
  const allow = (Resource: string) => ({ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource } });

  it('must allow: its trust policy, and the caller’s identity policy', async () => {
    const policy = { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };
    const trustPolicy = trusting({ AWS: `arn:aws:iam::${simulator.accountId}:root` });
    const RoleArn = simulator.admin.createRole({ name: 'far', accountId: theirs, trustPolicy, policy }).arn;
    expect((await failure(assume({ RoleArn }))).name).toBe('AccessDenied');
    simulator.admin.putRolePolicy('wardline-host', allow(RoleArn));
    expect((await assume({ RoleArn })).AssumedRoleUser?.Arn).toContain(`${theirs}:assumed-role/far/test`);
    simulator.admin.putTrustPolicy(RoleArn, trusting({ AWS: `arn:aws:iam::${theirs}:root` }));
    expect((await failure(assume({ RoleArn }))).name).toBe('AccessDenied');
  });
});

it('refuses parameters that it could not honour, and session policies that it does not understand', async () => {
  const tags = await failure(assume({ Tags: [{ Key: 'a', Value: 'b' }] }));
  expect(tags.message).toContain('does not support the parameter Tags.');
  const policy = await failure(assume({ Policy: '{"Statement":{"Effect":"Allow"}}' }));
  expect(policy.name).toMatch(/^MalformedPolicyDocument/);
});
