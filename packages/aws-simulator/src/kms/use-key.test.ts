import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { userKeys } from '../test-support/clients.ts';
import { callKms } from '../test-support/signed-request.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const generate = async (KeyId: string, user: string) => {
  const options = { credentials: userKeys(simulator, user) };
  return (await callKms(simulator, 'GenerateDataKey', { KeyId, KeySpec: 'AES_256', DryRun: true }, options)).code;
};

describe('a key is checked in one order', () => {
  it('is it there, may the caller, is it fit, is it enabled, would it succeed', async () => {
    simulator.admin.disableKey('signing');
    expect(await generate('alias/nowhere', 'no-generate')).toBe('NotFoundException');
    expect(await generate('alias/signing', 'no-generate')).toBe('AccessDeniedException');
    expect(await generate('alias/signing', 'wardline')).toBe('InvalidKeyUsageException');
    expect(await generate('alias/disabled', 'wardline')).toBe('DisabledException');
    expect(await generate('alias/working', 'wardline')).toBe('DryRunOperationException');
  });

  it('and the caller before the blob, when a ciphertext is pinned to a key', async () => {
    const input = { KeyId: 'alias/denied', CiphertextBlob: Buffer.from('damaged').toString('base64') };
    expect((await callKms(simulator, 'Decrypt', input)).code).toBe('AccessDeniedException');
    expect((await callKms(simulator, 'Decrypt', { ...input, KeyId: 'alias/working' })).code).toBe(
      'InvalidCiphertextException',
    );
  });
});

describe('conditions of a policy see what a call says of itself', () => {
  const policy = (Condition: object) => ({
    Statement: { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:DescribeKey'], Resource: '*', Condition },
  });
  const asUser = (more: object) => {
    const options = { credentials: userKeys(simulator, 'no-generate') };
    return callKms(simulator, 'GenerateDataKey', { KeySpec: 'AES_256', ...more }, options).then(({ status }) => status);
  };

  it.each<[string, object, object, object]>([
    [
      'the encryption context',
      { StringEquals: { 'kms:EncryptionContext:app': 'wardline' } },
      { KeyId: 'alias/working', EncryptionContext: { app: 'wardline' } },
      { KeyId: 'alias/working' },
    ],
    [
      'the keys of the context',
      { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'app' } },
      { KeyId: 'alias/working', EncryptionContext: { app: 'x' } },
      { KeyId: 'alias/working', EncryptionContext: { App: 'x' } },
    ],
    [
      'the alias in the request',
      { StringLike: { 'kms:RequestAlias': 'alias/work*' } },
      { KeyId: 'alias/working' },
      { KeyId: 'alias/multi-region' },
    ],
    [
      'the aliases of the key',
      { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/working' } },
      { KeyId: 'alias/working' },
      { KeyId: 'alias/multi-region' },
    ],
  ])('%s', async (_what, condition, allowed, refused) => {
    simulator.admin.putUserPolicy('no-generate', policy(condition));
    expect([await asUser(allowed), await asUser(refused)]).toEqual([200, 400]);
  });

  it('the address that it comes from, and nothing of a service that it does not come through', async () => {
    const statuses: number[] = [];
    for (const condition of [
      { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } },
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      { StringEquals: { 'kms:ViaService': 's3.local-1.amazonaws.com' } },
    ]) {
      simulator.admin.putUserPolicy('no-generate', policy(condition));
      statuses.push(await asUser({ KeyId: 'alias/working' }));
    }
    expect(statuses).toEqual([200, 400, 400]);
  });
});
