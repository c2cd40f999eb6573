import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { type Credentials, hostKeys, keyArn, roleArn, stsClient } from '../test-support/clients.ts';
import { callKms } from '../test-support/signed-request.ts';

/** What a caller might try who has valid keys and wants more than they give. */
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const encrypt = async (context: object): Promise<unknown> => {
  const input = { KeyId: 'alias/working', Plaintext: 'c2VjcmV0', EncryptionContext: context };
  return (await callKms(simulator, 'Encrypt', input)).answer.CiphertextBlob;
};
const decrypt = async (CiphertextBlob: unknown, context: object): Promise<string> => {
  const answer = await callKms(simulator, 'Decrypt', { CiphertextBlob, EncryptionContext: context });
  return answer.code || 'opened';
};

describe('an encryption context that JavaScript might misread', () => {
  it('has a member that is called like the prototype', async () => {
    const odd: object = JSON.parse('{"__proto__":"a"}');
    const blob = await encrypt(odd);
    expect(await decrypt(blob, {})).toBe('InvalidCiphertextException');
    expect(await decrypt(blob, JSON.parse('{"__proto__":"b"}'))).toBe('InvalidCiphertextException');
    expect(await decrypt(blob, odd)).toBe('opened');
  });

  it.each([[{ a: '\ud800' }], [{ '\udc00': 'a' }]])('is not text: %o', async (context) => {
    const answer = await callKms(simulator, 'Encrypt', {
      KeyId: 'alias/working',
      Plaintext: 'c2VjcmV0',
      EncryptionContext: context,
    });
    expect(answer.code).toBe('ValidationException');
  });
});

describe('an operation that is not called by its full name', () => {
  it.each(['DescribeKey', 'OtherService.DescribeKey', 'TrentService.TrentService.DescribeKey'])(
    '%s',
    async (target) => {
      const answer = await callKms(simulator, 'DescribeKey', { KeyId: 'alias/working' }, { target });
      expect(answer.code).toBe('UnknownOperationException');
    },
  );
});

describe('temporary credentials', () => {
  const session = async (Policy?: string): Promise<Credentials> => {
    const { Credentials: made } = await stsClient(simulator, await hostKeys(simulator)).send(
      new AssumeRoleCommand({
        RoleArn: roleArn(simulator, 'wardline-kms'),
        RoleSessionName: 'test',
        ExternalId: 'wardline-demo',
        ...(Policy && { Policy }),
      }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = made ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  };
  const describeKey = async (credentials: Credentials) =>
    (await callKms(simulator, 'DescribeKey', { KeyId: keyArn(simulator, 'working') }, { credentials })).code;

  it('do not go with the token of another session of the same role', async () => {
    const [one, other] = [await session(), await session()];
    expect(await describeKey(one)).toBe('');
    const { sessionToken = '' } = other;
    expect(await describeKey({ ...one, sessionToken })).toBe('UnrecognizedClientException');
  });

  it('do not go without their token, nor with one that was altered', async () => {
    const { accessKeyId, secretAccessKey, sessionToken = '' } = await session();
    expect(await describeKey({ accessKeyId, secretAccessKey })).toBe('UnrecognizedClientException');
    const altered = Buffer.from(sessionToken, 'base64');
    altered[20] = (altered[20] ?? 0) ^ 1;
    const credentials = { accessKeyId, secretAccessKey, sessionToken: altered.toString('base64') };
    expect(await describeKey(credentials)).toBe('UnrecognizedClientException');
  });

  it('stay within the policy of their session', async () => {
    const policy = (Action: string) => JSON.stringify({ Statement: { Effect: 'Allow', Action, Resource: '*' } });
    expect(await describeKey(await session(policy('kms:DescribeKey')))).toBe('');
    expect(await describeKey(await session(policy('kms:Decrypt')))).toBe('AccessDeniedException');
  });
});

it('a trust policy without a condition does not mind an external ID', async () => {
  simulator.admin.putTrustPolicy('wardline-kms', {
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: roleArn(simulator, 'wardline-host') },
      Action: 'sts:AssumeRole',
    },
  });
  const sts = stsClient(simulator, await hostKeys(simulator));
  const RoleArn = roleArn(simulator, 'wardline-kms');
  for (const external of [{}, { ExternalId: 'anything' }]) {
    const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ...external });
    expect((await sts.send(command)).Credentials?.SessionToken).toBeTruthy();
  }
});
