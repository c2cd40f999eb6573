import type { KmsSituation } from '../expected-answers/kms.ts';
import type { Simulator } from '../simulator.ts';
import { type Credentials, hostKeys, keyArn, userKeys } from './clients.ts';
import { callKms, type SigningOptions, type WireAnswer } from './signed-request.ts';

type Provoke = (simulator: Simulator) => Promise<WireAnswer>;

const MINUTE = 60_000;
const minutesAway = (minutes: number): Date => new Date(Date.now() + minutes * MINUTE);
const Plaintext = Buffer.from('x').toString('base64');
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const statement = (Effect: string, Action: string | string[], more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action, Resource: '*', ...more }],
});
const useAll = statement('Allow', 'kms:*');

const describe = (s: Simulator, KeyId = 'alias/working', options: SigningOptions = {}) =>
  callKms(s, 'DescribeKey', { KeyId }, options);
const generate = (s: Simulator, KeyId = 'alias/working', credentials: Credentials = userKeys(s, 'wardline')) =>
  callKms(s, 'GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, { credentials });
const encrypt = (s: Simulator, KeyId = 'alias/working') => callKms(s, 'Encrypt', { KeyId, Plaintext });
const sealed = async (s: Simulator, KeyId?: string): Promise<Buffer> =>
  Buffer.from(String((await encrypt(s, KeyId)).answer.CiphertextBlob), 'base64');
const decrypt = (s: Simulator, blob: Buffer, more: object = {}) =>
  callKms(s, 'Decrypt', { CiphertextBlob: blob.toString('base64'), ...more });
const inState = (state: 'PendingImport' | 'Unavailable') => (s: Simulator) => {
  s.admin.setKeyState('working', state);
  return generate(s);
};
const withUserPolicy = (policy: object, act: Provoke) => (s: Simulator) => {
  s.admin.putUserPolicy('wardline', policy);
  return act(s);
};
const missing = (action: string, act: Provoke) =>
  withUserPolicy(
    statement(
      'Allow',
      ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Encrypt', 'kms:Decrypt'].filter((a) => a !== action),
    ),
    act,
  );

/** How each situation of KMS comes about, on a simulator of its own. */
export const PROVOKE_KMS: Record<KmsSituation, Provoke> = {
  'access key unknown to KMS': (s) =>
    describe(s, undefined, { credentials: { ...userKeys(s, 'wardline'), accessKeyId: 'AKIANOBODY' } }),
  'access key inactive': (s) => {
    s.admin.setAccessKeyStatus('wardline', 'Inactive');
    return describe(s);
  },
  'wrong secret key': (s) =>
    describe(s, undefined, { credentials: { ...userKeys(s, 'wardline'), secretAccessKey: 'wrong' } }),
  'temporary credentials expired at KMS': async (s) => {
    s.faults.add({ service: 'container', kind: 'expired-credentials' });
    return describe(s, undefined, { credentials: await hostKeys(s) });
  },
  'clock 6 minutes slow at KMS': (s) => describe(s, undefined, { signedAt: minutesAway(-6) }),
  'clock 6 minutes fast at KMS': (s) => describe(s, undefined, { signedAt: minutesAway(6) }),
  'ARN of another region': (s) => describe(s, keyArn(s, 'working').replace('local-1', 'eu-west-1')),
  'key id of another region': (s) => describe(s, UNKNOWN_ID),
  'malformed key id': (s) => describe(s, 'no-such-form'),
  'key ARN not found': (s) => describe(s, keyArn(s, 'working').replace(/key\/.*/, `key/${UNKNOWN_ID}`)),
  'alias not found': (s) => describe(s, 'alias/nowhere'),
  'key of another account': (s) => describe(s, s.admin.createKey({ name: 'theirs', accountId: '444455556666' }).arn),
  'key disabled': (s) => generate(s, 'alias/disabled'),
  'key pending deletion': (s) => generate(s, 'alias/pending-deletion'),
  'key pending import': inState('PendingImport'),
  'key store unavailable': inState('Unavailable'),
  'signing key asked to encrypt': (s) => encrypt(s, 'alias/signing'),
  'asymmetric key asked to encrypt symmetrically': (s) =>
    encrypt(s, s.admin.createKey({ name: 'rsa', spec: 'RSA_2048' }).arn),
  'no kms:DescribeKey in IAM': missing('kms:DescribeKey', (s) => describe(s)),
  'no kms:GenerateDataKey in IAM': (s) => generate(s, undefined, userKeys(s, 'no-generate')),
  'no kms:Encrypt in IAM': missing('kms:Encrypt', (s) => encrypt(s)),
  'no kms:Decrypt in IAM': async (s) => {
    const blob = await sealed(s);
    return missing('kms:Decrypt', () => decrypt(s, blob, { KeyId: 'alias/working' }))(s);
  },
  'neither key policy nor IAM allows': (s) => {
    s.admin.putKeyPolicy(
      'working',
      statement('Allow', 'kms:*', { Principal: { AWS: 'arn:aws:iam::111122223333:user/x' } }),
    );
    return generate(s, undefined, userKeys(s, 'no-generate'));
  },
  'explicit deny in the key policy': (s) => generate(s, 'alias/denied'),
  'explicit deny in IAM': withUserPolicy(statement('Deny', 'kms:*'), (s) => generate(s)),
  'explicit deny in a boundary': (s) => {
    s.admin.putPermissionsBoundary('users', 'wardline', statement('Deny', 'kms:GenerateDataKey'));
    return generate(s);
  },
  'explicit deny in a service control policy': (s) => {
    s.admin.putServiceControlPolicy(statement('Deny', 'kms:GenerateDataKey'));
    return generate(s);
  },
  'explicit deny in a session policy': async (s) => {
    const { assumeWithPolicy } = await import('./provoke-sts.ts');
    return generate(s, undefined, await assumeWithPolicy(s, statement('Deny', 'kms:*')));
  },
  'Decrypt denied, no key named': async (s) => {
    const blob = await sealed(s);
    return missing('kms:Decrypt', () => decrypt(s, blob))(s);
  },
  'blob of an unknown key, no key named': async (s) => {
    const blob = await sealed(s);
    const ownId = keyArn(s, 'working').split('/')[1] ?? '';
    blob.write(UNKNOWN_ID, blob.indexOf(ownId));
    return decrypt(s, blob);
  },
  'Decrypt with the wrong key': async (s) => decrypt(s, await sealed(s), { KeyId: 'alias/multi-region' }),
  'wrong encryption context': async (s) => decrypt(s, await sealed(s), { EncryptionContext: { a: '1' } }),
  'damaged blob': async (s) => {
    const blob = await sealed(s);
    return decrypt(s, Buffer.concat([blob.subarray(0, -1), Buffer.from([(blob.at(-1) ?? 0) ^ 1])]));
  },
  'VPC endpoint policy allows nothing': (s) => {
    s.admin.putVpcEndpointPolicy(statement('Allow', 'kms:Encrypt', { Principal: '*' }));
    return describe(s);
  },
  'explicit deny in the VPC endpoint policy': (s) => {
    s.admin.putVpcEndpointPolicy({
      Statement: [...useAll.Statement, ...statement('Deny', 'kms:DescribeKey').Statement].map((one) => ({
        ...one,
        Principal: '*',
      })),
    });
    return describe(s);
  },
  throttled: (s) => {
    s.faults.add({ service: 'kms', kind: 'throttle', count: 1 });
    return describe(s);
  },
};
