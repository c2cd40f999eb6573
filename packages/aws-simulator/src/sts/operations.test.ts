import { DescribeKeyCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { hostKeys, keyArn, kmsClient, roleArn, stsClient } from '../test-support/clients.ts';
import { type Issuer, startIssuer } from '../test-support/issuer.ts';

let simulator: Simulator;
let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
  simulator = await startSimulator({ oidcIssuer: issuer.url });
});
afterAll(async () => {
  await simulator.close();
  await issuer.close();
});

const session = (answer: {
  Credentials?:
    | { AccessKeyId?: string | undefined; SecretAccessKey?: string | undefined; SessionToken?: string | undefined }
    | undefined;
}) => ({
  accessKeyId: answer.Credentials?.AccessKeyId ?? '',
  secretAccessKey: answer.Credentials?.SecretAccessKey ?? '',
  sessionToken: answer.Credentials?.SessionToken ?? '',
});

describe('STS through the AWS SDK', () => {
  it('names the user that calls', async () => {
    const identity = await stsClient(simulator).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: simulator.accountId,
      Arn: `arn:aws:iam::${simulator.accountId}:user/wardline`,
    });
  });

  it('gives the host role a session of the role with the external ID, and KMS accepts it', async () => {
    const sts = stsClient(simulator, await hostKeys(simulator));
    const answer = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn(simulator, 'wardline-kms'),
        RoleSessionName: 'test-run',
        ExternalId: 'wardline-demo',
        DurationSeconds: 900,
      }),
    );
    expect(answer.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${simulator.accountId}:assumed-role/wardline-kms/test-run`);
    const left = (answer.Credentials?.Expiration?.getTime() ?? 0) - Date.now();
    expect(left).toBeGreaterThan(890_000);
    expect(left).toBeLessThanOrEqual(900_000);
    const identity = await stsClient(simulator, session(answer)).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(answer.AssumedRoleUser?.Arn);
    const KeyId = keyArn(simulator, 'working');
    const { KeyMetadata } = await kmsClient(simulator, session(answer)).send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata?.Arn).toBe(KeyId);
  });

  it('binds a session by the session policy it was made with', async () => {
    const answer = await stsClient(simulator, await hostKeys(simulator)).send(
      new AssumeRoleCommand({
        RoleArn: roleArn(simulator, 'wardline-kms'),
        RoleSessionName: 'narrow',
        ExternalId: 'wardline-demo',
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' },
        }),
      }),
    );
    const kms = kmsClient(simulator, session(answer));
    await kms.send(new DescribeKeyCommand({ KeyId: 'alias/working' }));
    const refused = kms.send(new EncryptCommand({ KeyId: 'alias/working', Plaintext: Buffer.from('x') }));
    await expect(refused).rejects.toThrow('because no session policy allows the kms:Encrypt action');
  });

  it('exchanges a signed web identity token for a session, unsigned', async () => {
    const answer = await stsClient(simulator).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: roleArn(simulator, 'wardline-oidc'),
        RoleSessionName: 'console',
        WebIdentityToken: await issuer.token(),
      }),
    );
    expect(answer).toMatchObject({ SubjectFromWebIdentityToken: 'default', Audience: 'sts.amazonaws.com' });
    expect(answer.Provider).toContain(`oidc-provider/${new URL(issuer.url).host}`);
    const kms = kmsClient(simulator, session(answer));
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/working' }));
    expect(KeyMetadata?.KeyState).toBe('Enabled');
  });
});
