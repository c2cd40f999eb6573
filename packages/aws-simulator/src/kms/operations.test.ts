import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ReEncryptCommand,
  SignCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { keyArn, kmsClient } from '../test-support/clients.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const EncryptionContext = { account: 'default', secret: 'db' };

describe('KMS through the AWS SDK', () => {
  it('describes a key by id, ARN, alias and alias ARN', async () => {
    const kms = kmsClient(simulator);
    const arn = keyArn(simulator, 'working');
    const names = [arn, arn.split('/')[1], 'alias/working', arn.replace(/key\/.*/, 'alias/working')];
    for (const KeyId of names) {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
      expect(KeyMetadata).toMatchObject({
        Arn: arn,
        AWSAccountId: simulator.accountId,
        Enabled: true,
        KeyState: 'Enabled',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        Origin: 'AWS_KMS',
        KeyManager: 'CUSTOMER',
        MultiRegion: false,
        EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      });
      expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);
      expect(KeyMetadata?.MultiRegionConfiguration).toBeUndefined();
    }
  });

  it('describes keys that cannot be used: disabled, pending deletion, signing, multi-Region', async () => {
    const kms = kmsClient(simulator);
    const metadata = async (name: string) =>
      (await kms.send(new DescribeKeyCommand({ KeyId: keyArn(simulator, name) }))).KeyMetadata;
    expect(await metadata('disabled')).toMatchObject({ KeyState: 'Disabled', Enabled: false });
    const pending = await metadata('pending-deletion');
    expect(pending).toMatchObject({ KeyState: 'PendingDeletion', Enabled: false });
    expect(pending?.DeletionDate?.getTime()).toBeGreaterThan(Date.now());
    expect(await metadata('signing')).toMatchObject({ KeyUsage: 'SIGN_VERIFY', KeySpec: 'RSA_2048' });
    const multiRegion = await metadata('multi-region');
    expect(multiRegion?.KeyId).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(multiRegion?.MultiRegionConfiguration?.PrimaryKey?.Region).toBe('local-1');
  });

  it('generates data keys of each length, names the key by ARN, and decrypts them', async () => {
    const kms = kmsClient(simulator);
    for (const [size, length] of [
      [{ KeySpec: 'AES_256' }, 32],
      [{ KeySpec: 'AES_128' }, 16],
      [{ NumberOfBytes: 1024 }, 1024],
    ] as const) {
      const made = await kms.send(new GenerateDataKeyCommand({ KeyId: 'alias/working', EncryptionContext, ...size }));
      expect(made.KeyId).toBe(keyArn(simulator, 'working'));
      expect(made.Plaintext).toHaveLength(length);
      const { Plaintext } = await kms.send(
        new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, KeyId: made.KeyId, EncryptionContext }),
      );
      expect(Plaintext).toEqual(made.Plaintext);
    }
  });

  it('generates a data key without its plaintext', async () => {
    const kms = kmsClient(simulator);
    const request = { KeyId: 'alias/working', KeySpec: 'AES_256' } as const;
    const made = await kms.send(new GenerateDataKeyWithoutPlaintextCommand(request));
    expect(made).not.toHaveProperty('Plaintext');
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    expect(opened.Plaintext).toHaveLength(32);
  });

  it('encrypts up to 4096 bytes, never twice alike, and decrypts without being told the key', async () => {
    const kms = kmsClient(simulator);
    const Plaintext = Buffer.alloc(4096, 7);
    const request = new EncryptCommand({ KeyId: 'alias/multi-region', Plaintext });
    const [first, second] = [await kms.send(request), await kms.send(request)];
    expect(first.CiphertextBlob).not.toEqual(second.CiphertextBlob);
    expect(first.CiphertextBlob?.length).toBeLessThanOrEqual(6144);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: first.CiphertextBlob }));
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext);
    expect(opened).toMatchObject({
      KeyId: keyArn(simulator, 'multi-region'),
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    });
  });

  it('re-encrypts under another key and another context', async () => {
    const kms = kmsClient(simulator);
    const Plaintext = Buffer.from('moved');
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: 'alias/working', Plaintext }));
    const moved = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob,
        DestinationKeyId: 'alias/multi-region',
        DestinationEncryptionContext: EncryptionContext,
      }),
    );
    expect(moved).toMatchObject({
      SourceKeyId: keyArn(simulator, 'working'),
      KeyId: keyArn(simulator, 'multi-region'),
    });
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob, EncryptionContext }));
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext);
  });

  it('lists aliases in pages and says whether a key rotates', async () => {
    const kms = kmsClient(simulator);
    const first = await kms.send(new ListAliasesCommand({ Limit: 4 }));
    const rest = await kms.send(new ListAliasesCommand({ Limit: 4, Marker: first.NextMarker }));
    expect([first.Truncated, rest.Truncated]).toEqual([true, false]);
    const names = [...(first.Aliases ?? []), ...(rest.Aliases ?? [])].map(({ AliasName }) => AliasName);
    const seeded = ['denied', 'disabled', 'multi-region', 'pending-deletion', 'signing', 'working'];
    expect(names).toEqual(seeded.map((name) => `alias/${name}`));
    const status = await kms.send(new GetKeyRotationStatusCommand({ KeyId: keyArn(simulator, 'working') }));
    expect(status.KeyRotationEnabled).toBe(false);
  });

  it('answers a dry run with DryRunOperationException once everything else has passed', async () => {
    const request = { KeyId: 'alias/working', KeySpec: 'AES_256', DryRun: true } as const;
    const dryRun = kmsClient(simulator).send(new GenerateDataKeyCommand(request));
    await expect(dryRun).rejects.toMatchObject({ name: 'DryRunOperationException' });
    const disabled = kmsClient(simulator).send(new GenerateDataKeyCommand({ ...request, KeyId: 'alias/disabled' }));
    await expect(disabled).rejects.toMatchObject({ name: 'DisabledException' });
  });

  it.each([
    ['neither length', {}],
    ['both lengths', { KeySpec: 'AES_256', NumberOfBytes: 32 } as const],
    ['too many bytes', { NumberOfBytes: 1025 }],
  ])('refuses a data key of %s', async (_what, size) => {
    const request = kmsClient(simulator).send(new GenerateDataKeyCommand({ KeyId: 'alias/working', ...size }));
    await expect(request).rejects.toMatchObject({ name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
  });

  it('says so when an operation is not there', async () => {
    const request = new SignCommand({
      KeyId: 'alias/signing',
      Message: Buffer.from('x'),
      SigningAlgorithm: 'RSASSA_PSS_SHA_256',
    });
    await expect(kmsClient(simulator).send(request)).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });
});
