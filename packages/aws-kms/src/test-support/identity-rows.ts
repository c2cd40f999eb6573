import { aws, evidence, manual, type Row } from './evidence.ts';

const identity = (code: string, message: string) => aws('identity', 'GetCallerIdentity', code, message, manual);
const UNKNOWN_TOKEN = 'The security token included in the request is invalid.';
const SKEWED = 'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z (20260101T001500Z - 5 min.)';

/** Rows 1 to 5: whether AWS knows the caller. */
export const IDENTITY_ROWS: readonly Row[] = [
  {
    row: 1,
    what: 'unknown key at STS',
    evidence: identity('InvalidClientTokenId', UNKNOWN_TOKEN),
    code: 'access-key-unknown',
    says: ['partition than aws-us-gov', 'list-access-keys --region us-gov-west-1'],
  },
  {
    row: 1,
    what: 'unknown key at KMS',
    evidence: aws('describe-key', 'DescribeKey', 'UnrecognizedClientException', UNKNOWN_TOKEN, {
      ...manual,
      accessKeyId: 'ASIA-made-up',
    }),
    code: 'access-key-unknown',
    says: ['temporary key', 'begins with AKIA', 'list-users --region us-gov-west-1'],
  },
  {
    row: 1,
    what: 'inactive key',
    evidence: aws('identity', 'GetCallerIdentity', 'InvalidClientTokenId', UNKNOWN_TOKEN, {
      ...manual,
      accessKeyId: 'AKIA-made-up',
    }),
    code: 'access-key-unknown',
    says: [
      '--access-key-id ACCESS_KEY_ID --status Active',
      'get-access-key-last-used --region us-gov-west-1 --access-key-id ACCESS_KEY_ID --query UserName',
    ],
  },
  {
    row: 1,
    what: 'session of a role in a region that is not enabled',
    evidence: aws('describe-key', 'DescribeKey', 'UnrecognizedClientException', UNKNOWN_TOKEN),
    code: 'access-key-unknown',
    says: ['not enabled for the account of the role', 'get-region-opt-status --region-name us-gov-west-1'],
  },
  {
    row: 2,
    what: 'signature of credentials that AWS itself gave out',
    evidence: aws('describe-key', 'DescribeKey', 'InvalidSignatureException', 'The request signature we calculated'),
    code: 'secret-key-wrong',
    says: ['rewrites headers', 'Delegates Setup'],
  },
  {
    row: 2,
    what: 'wrong secret at STS',
    evidence: identity(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    ),
    code: 'secret-key-wrong',
    says: ['AWS Secret Access Key'],
  },
  {
    row: 2,
    what: 'wrong secret at KMS',
    evidence: aws(
      'describe-key',
      'DescribeKey',
      'InvalidSignatureException',
      'The request signature we calculated does not match',
      { ...manual, accessKeyId: 'AKIA-made-up' },
    ),
    code: 'secret-key-wrong',
    says: ['AWS Secret Access Key', 'get-access-key-last-used --region us-gov-west-1 --access-key-id ACCESS_KEY_ID'],
  },
  {
    row: 3,
    what: 'expired at STS',
    evidence: identity('ExpiredToken', 'The security token included in the request is expired'),
    code: 'credentials-expired',
    says: ['AWS Access Key ID'],
  },
  {
    row: 3,
    what: 'expired at KMS',
    evidence: aws(
      'decrypt',
      'Decrypt',
      'ExpiredTokenException',
      'The security token included in the request is expired',
    ),
    code: 'credentials-expired',
    says: ['Every test obtains its credentials anew'],
  },
  {
    row: 3,
    what: 'expired at the host',
    evidence: evidence('credentials', {
      kind: 'host',
      source: 'instance-metadata',
      problem: { kind: 'expired', at: '2026-01-01T00:00:00.000Z' },
    }),
    code: 'host-credentials-expired',
    says: ['2026-01-01T00:00:00.000Z', 'host-7'],
  },
  {
    row: 4,
    what: 'clock at STS',
    evidence: identity('SignatureDoesNotMatch', SKEWED),
    code: 'clock-skew',
    says: ['set-ntp true'],
  },
  {
    row: 4,
    what: 'clock at KMS',
    evidence: aws(
      'describe-key',
      'DescribeKey',
      'InvalidSignatureException',
      'Signature not yet current: 20260101T001000Z',
      { skewMs: 600_000 },
    ),
    code: 'clock-skew',
    says: ['10 min 0 s ahead of AWS', 'host-7'],
  },
  {
    row: 4,
    what: 'clock, measured only',
    evidence: evidence('identity', { kind: 'clock' }, { skewMs: -250_000 }),
    code: 'clock-skew',
    says: ['4 min 10 s behind AWS'],
  },
  {
    row: 5,
    what: 'endpoint of another region',
    evidence: aws(
      'identity',
      'GetCallerIdentity',
      'SignatureDoesNotMatch',
      'Credential should be scoped to a valid region.',
      { endpoints: { sts: 'https://sts.elsewhere.example' } },
    ),
    code: 'signed-for-another-region',
    says: ['https://sts.elsewhere.example', 'us-gov-west-1'],
  },
];
