import { aws, denied, fromHost, HOST_ROLE, HOST_SESSION, KEY, OTHER_ACCOUNT_KEY, ROLE, type Row } from './evidence.ts';

const decrypt = (code: string, message: string) => aws('decrypt', 'Decrypt', code, message);

/** Rows 13, 20 to 24 and 27: who may use the key. */
export const ACCESS_ROWS: readonly Row[] = [
  {
    row: 13,
    what: 'key of another account',
    evidence: denied('DescribeKey', 'because no resource-based policy allows the kms:DescribeKey action', {
      keyArn: OTHER_ACCOUNT_KEY,
    }),
    code: 'key-other-account',
    says: [`"AWS": "${ROLE}"`, `"Resource": "${OTHER_ACCOUNT_KEY}"`, '444455556666', 'key-policy', 'iam-policy'],
  },
  {
    row: 20,
    what: 'no DescribeKey',
    evidence: denied('DescribeKey', 'because no identity-based policy allows the kms:DescribeKey action'),
    code: 'iam-not-allowed',
    says: [
      '"Action": "kms:DescribeKey"',
      `"Resource": "${KEY}"`,
      ROLE,
      'put-role-policy --region us-gov-west-1 --role-name kms-user',
    ],
  },
  {
    row: 20,
    what: 'no GenerateDataKey',
    evidence: denied('GenerateDataKey', 'because no identity-based policy allows the kms:GenerateDataKey action'),
    code: 'iam-not-allowed',
    says: ['"Action": "kms:GenerateDataKey"'],
  },
  {
    row: 21,
    what: 'neither policy',
    evidence: denied('GenerateDataKey', 'because no resource-based policy allows the kms:GenerateDataKey action'),
    code: 'key-policy-not-allowed',
    says: [`"AWS": "${ROLE}"`, '"AWS": "arn:aws-us-gov:iam::111122223333:root"', '"Sid": "EnableIAM"'],
  },
  {
    row: 22,
    what: 'Deny of the key policy',
    evidence: denied('GenerateDataKey', 'with an explicit deny in a resource-based policy'),
    code: 'key-policy-deny',
    says: ['get-key-policy --region us-gov-west-1', 'No Allow anywhere'],
  },
  {
    row: 23,
    what: 'Deny of the identity policy',
    evidence: denied('Decrypt', 'with an explicit deny in an identity-based policy'),
    code: 'explicit-deny',
    says: ['identity-based policy', 'simulate-principal-policy', ROLE],
  },
  {
    row: 23,
    what: 'Deny of a boundary',
    evidence: denied('Decrypt', 'with an explicit deny in a permissions boundary'),
    code: 'explicit-deny',
    says: ['A permissions boundary keeps'],
  },
  {
    row: 23,
    what: 'Deny of the organization',
    evidence: denied('Decrypt', 'with an explicit deny in a service control policy'),
    code: 'explicit-deny',
    says: ['A service control policy keeps'],
  },
  {
    row: 23,
    what: 'Deny of assuming',
    evidence: aws(
      'assume-role',
      'AssumeRole',
      'AccessDenied',
      `User: ${HOST_SESSION} is not authorized to perform: sts:AssumeRole on resource: ${ROLE} with an explicit deny in a service control policy`,
      fromHost,
    ),
    code: 'assume-role-explicit-deny',
    says: ['service control policy', '--filter SERVICE_CONTROL_POLICY --target-id 111122223333'],
  },
  {
    row: 23,
    what: 'Deny of the trust policy',
    evidence: aws(
      'assume-role',
      'AssumeRole',
      'AccessDenied',
      `User: ${HOST_SESSION} is not authorized to perform: sts:AssumeRole on resource: ${ROLE} with an explicit deny in a resource-based policy`,
      fromHost,
    ),
    code: 'assume-role-explicit-deny',
    says: ['A Deny in the trust policy', 'get-role --region us-gov-west-1 --role-name kms-user'],
  },
  {
    row: 28,
    what: 'the host has the role already',
    evidence: aws(
      'assume-role',
      'AssumeRole',
      'AccessDenied',
      `User: arn:aws-us-gov:sts::111122223333:assumed-role/kms-user/i-1 is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
      fromHost,
    ),
    code: 'assume-role-itself',
    says: ['Assume IAM Role on Delegate', `"AWS": "${ROLE}"`],
  },
  {
    row: 24,
    what: 'Decrypt denied without a key',
    evidence: decrypt(
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    ),
    code: 'decrypt-not-allowed',
    says: ['"Action": "kms:Decrypt"', `"Resource": "${KEY}"`],
  },
  {
    row: 27,
    what: 'VPC endpoint policy',
    evidence: denied('GenerateDataKey', 'because no VPC endpoint policy allows the kms:GenerateDataKey action', {
      endpoints: { kms: 'https://vpce-1.example' },
    }),
    code: 'endpoint-policy',
    says: [
      'endpoint-policy',
      `"AWS": "${ROLE}"`,
      `"Resource": "${KEY}"`,
      'https://vpce-1.example',
      'com.amazonaws.us-gov-west-1.kms',
    ],
  },
  {
    row: 27,
    what: 'VPC endpoint policy of STS',
    evidence: aws(
      'assume-role',
      'AssumeRole',
      'AccessDenied',
      `User: ${HOST_SESSION} is not authorized to perform: sts:AssumeRole on resource: ${ROLE} with an explicit deny in a VPC endpoint policy`,
      fromHost,
    ),
    code: 'endpoint-policy',
    says: [`"Resource": "${ROLE}"`, `"AWS": "${HOST_ROLE}"`, 'com.amazonaws.us-gov-west-1.sts'],
  },
];
