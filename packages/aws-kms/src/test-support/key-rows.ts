import { aws, evidence, KEY, OTHER_ACCOUNT_KEY, type Row } from './evidence.ts';

const describe = (code: string, message: string) => aws('describe-key', 'DescribeKey', code, message);
const generate = (code: string, message: string) => aws('generate-data-key', 'GenerateDataKey', code, message);
const decrypt = (code: string, message: string) => aws('decrypt', 'Decrypt', code, message);
const state = (name: string, deletionDate?: Date) =>
  evidence('describe-key', { kind: 'key', problem: 'state', state: name, ...(deletionDate ? { deletionDate } : {}) });

/** Rows 6 to 12, 14 to 19, 25 and 26: the key. */
export const KEY_ROWS: readonly Row[] = [
  {
    row: 6,
    what: 'region of the ARN',
    evidence: evidence('validate', { kind: 'setting', problem: 'region-mismatch', arnRegion: 'us-gov-east-1' }),
    code: 'region-mismatch',
    says: ['us-gov-east-1', 'Region'],
  },
  {
    row: 6,
    what: 'ARN of another region, said by KMS',
    evidence: describe('NotFoundException', 'Invalid arn us-gov-east-1'),
    code: 'key-arn-refused',
    says: ['Invalid arn us-gov-east-1', 'us-gov-west-1'],
  },
  {
    row: 7,
    what: 'no region at all',
    evidence: evidence('validate', { kind: 'setting', problem: 'region-malformed' }, { region: 'us-east-1a' }),
    code: 'region-malformed',
    says: [KEY, 'availability zone'],
  },
  {
    row: 7,
    what: 'wrong region, said by KMS',
    evidence: describe('NotFoundException', `Key '${KEY}' does not exist`),
    code: 'key-not-found',
    says: ['list-keys --region us-gov-west-1'],
  },
  {
    row: 8,
    what: 'malformed ID',
    evidence: describe('NotFoundException', "Invalid keyId 'x'"),
    code: 'key-arn-refused',
    says: ["Invalid keyId 'x'"],
  },
  {
    row: 8,
    what: 'malformed ID, seen locally',
    evidence: evidence('validate', { kind: 'setting', problem: 'key-arn-malformed' }),
    code: 'key-arn-malformed',
    says: ['arn:aws-us-gov:kms:us-gov-west-1:ACCOUNT_ID:key/KEY_ID'],
  },
  {
    row: 9,
    what: 'malformed ARN',
    evidence: describe('InvalidArnException', 'Invalid arn'),
    code: 'key-arn-refused',
    says: ['AWS ARN'],
  },
  {
    row: 10,
    what: 'partition',
    evidence: evidence('validate', {
      kind: 'setting',
      problem: 'partition-mismatch',
      field: 'AWS ARN',
      found: 'aws',
      expected: 'aws-us-gov',
    }),
    code: 'partition-mismatch',
    says: ['arn:aws-us-gov:'],
  },
  {
    row: 10,
    what: 'partition, said by KMS',
    evidence: describe('InvalidArnException', 'Invalid arn aws-cn'),
    code: 'key-arn-refused',
    says: ['partition'],
  },
  {
    row: 11,
    what: 'key not found',
    evidence: describe('NotFoundException', `Key '${KEY}' does not exist`),
    code: 'key-not-found',
    says: [KEY],
  },
  {
    row: 12,
    what: 'alias not found',
    evidence: aws('describe-key', 'DescribeKey', 'NotFoundException', 'Alias arn:aws:kms:x is not found.', {
      keyArn: 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/app',
    }),
    code: 'alias-not-found',
    says: ['--alias-name alias/app', 'list-aliases --region us-gov-west-1'],
  },
  {
    row: 14,
    what: 'disabled',
    evidence: state('Disabled'),
    code: 'key-disabled',
    says: [`enable-key --region us-gov-west-1 --key-id ${KEY}`],
  },
  {
    row: 14,
    what: 'disabled, said by a call',
    evidence: generate('DisabledException', `${KEY} is disabled.`),
    code: 'key-disabled',
    says: ['enable-key'],
  },
  {
    row: 15,
    what: 'pending deletion',
    evidence: state('PendingDeletion', new Date('2026-12-12T10:00:59.000Z')),
    code: 'key-pending-deletion',
    says: ['cancel-key-deletion', 'Then enable the key', 'on 12 December 2026, 10:00 UTC and', 'Change “AWS ARN”'],
  },
  {
    row: 15,
    what: 'pending deletion, said by a call',
    evidence: generate('KMSInvalidStateException', `${KEY} is pending deletion.`),
    code: 'key-pending-deletion',
    says: [`cancel-key-deletion --region us-gov-west-1 --key-id ${KEY}`],
  },
  {
    row: 16,
    what: 'pending import',
    evidence: generate('KMSInvalidStateException', `${KEY} is pending import.`),
    code: 'key-pending-import',
    says: ['get-parameters-for-import'],
  },
  {
    row: 17,
    what: 'key store',
    evidence: generate('KMSInvalidStateException', `${KEY} is unavailable.`),
    code: 'key-store-unavailable',
    says: ['connect-custom-key-store --region us-gov-west-1'],
  },
  {
    row: 18,
    what: 'usage',
    evidence: evidence('describe-key', { kind: 'key', problem: 'usage', usage: 'SIGN_VERIFY' }),
    code: 'key-usage',
    says: ['SIGN_VERIFY', '--key-usage ENCRYPT_DECRYPT'],
  },
  {
    row: 18,
    what: 'usage, said by a call',
    evidence: generate(
      'InvalidKeyUsageException',
      `${KEY} key usage is SIGN_VERIFY which is not valid for GenerateDataKey.`,
    ),
    code: 'key-usage',
    says: ['create-key --region us-gov-west-1'],
  },
  {
    row: 19,
    what: 'spec',
    evidence: evidence('describe-key', { kind: 'key', problem: 'spec', spec: 'RSA_4096' }),
    code: 'key-spec',
    says: ['RSA_4096', 'SYMMETRIC_DEFAULT'],
  },
  {
    row: 19,
    what: 'spec, said by a call',
    evidence: generate(
      'InvalidKeyUsageException',
      'Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_4096.',
    ),
    code: 'key-spec',
    says: ['SYMMETRIC_DEFAULT'],
  },
  {
    row: 25,
    what: 'another key',
    evidence: decrypt(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    ),
    code: 'wrong-key',
    says: [KEY],
  },
  {
    row: 25,
    what: 'another key described',
    evidence: evidence('describe-key', { kind: 'key', problem: 'other-key', found: OTHER_ACCOUNT_KEY }),
    code: 'wrong-key',
    says: [OTHER_ACCOUNT_KEY],
  },
  {
    row: 26,
    what: 'ciphertext refused',
    evidence: decrypt('InvalidCiphertextException', ''),
    code: 'ciphertext-refused',
    says: ['proxies'],
  },
  {
    row: 26,
    what: 'context not bound',
    evidence: evidence('context-binding', { kind: 'proof', problem: 'context-not-bound' }),
    code: 'context-not-bound',
    says: ['emulator'],
  },
];
