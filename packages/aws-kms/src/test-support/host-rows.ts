import { evidence, type Row } from './evidence.ts';

/** Rows 42 to 44: the identity of a host. */
export const HOST_ROWS: readonly Row[] = [
  {
    row: 42,
    what: 'no host credentials',
    evidence: evidence('credentials', {
      kind: 'host',
      source: 'instance-metadata',
      problem: { kind: 'unreachable', endpoint: 'http://169.254.169.254', code: 'EHOSTUNREACH' },
    }),
    code: 'no-host-identity',
    says: ['inside', 'associate-iam-instance-profile --region us-gov-west-1'],
  },
  {
    row: 42,
    what: 'IMDS off',
    evidence: evidence('credentials', {
      kind: 'host',
      source: 'instance-metadata',
      problem: { kind: 'refused', step: 'token', httpStatus: 403 },
    }),
    code: 'imds-disabled',
    says: ['HTTP 403', '--http-endpoint enabled'],
  },
  {
    row: 42,
    what: 'IMDS off by variable',
    evidence: evidence('credentials', {
      kind: 'host',
      source: 'instance-metadata',
      problem: { kind: 'disabled', variable: 'AWS_EC2_METADATA_DISABLED' },
    }),
    code: 'imds-disabled',
    says: ['Unset AWS_EC2_METADATA_DISABLED'],
  },
  {
    row: 42,
    what: 'another cloud',
    evidence: evidence('credentials', {
      kind: 'host',
      source: 'instance-metadata',
      problem: { kind: 'refused', step: 'token', httpStatus: 405 },
    }),
    code: 'imds-unusable',
    says: ['HTTP 405', 'Other clouds', 'latest/api/token'],
  },
  {
    row: 42,
    what: 'container endpoint',
    evidence: evidence('credentials', {
      kind: 'host',
      source: 'container',
      problem: { kind: 'refused', step: 'document', httpStatus: 401 },
    }),
    code: 'container-credentials-failed',
    says: ['HTTP 401', 'does not fall back'],
  },
  {
    row: 42,
    what: 'token file',
    evidence: evidence('credentials', {
      kind: 'host',
      source: 'web-identity-file',
      problem: { kind: 'unreadable-file', path: '/var/run/token', code: 'ENOENT' },
    }),
    code: 'web-identity-token-unreadable',
    says: ['ls -l /var/run/token'],
  },
  {
    row: 43,
    what: 'hop limit',
    evidence: evidence('credentials', { kind: 'host', source: 'instance-metadata', problem: { kind: 'hop-limit' } }),
    code: 'imds-hop-limit',
    says: ['--http-put-response-hop-limit 2', '--region us-gov-west-1'],
  },
  {
    row: 44,
    what: 'no instance profile',
    evidence: evidence('credentials', {
      kind: 'host',
      source: 'instance-metadata',
      problem: { kind: 'refused', step: 'role', httpStatus: 404 },
    }),
    code: 'imds-no-role',
    says: ['associate-iam-instance-profile'],
  },
];
