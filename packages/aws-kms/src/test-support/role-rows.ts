import { aws, evidence, fromHost, HOST_ROLE, HOST_SESSION, oidc, ROLE, type Row } from './evidence.ts';

const assume = (code: string, message: string) => aws('assume-role', 'AssumeRole', code, message, fromHost);
const token = (code: string, message: string) => aws('assume-role', 'AssumeRoleWithWebIdentity', code, message, oidc);
const PROVIDER = 'arn:aws-us-gov:iam::111122223333:oidc-provider/secrets.example/oidc';

/** Rows 28 to 41: roles and tokens. */
export const ROLE_ROWS: readonly Row[] = [
  {
    row: 28,
    what: 'may not assume',
    evidence: assume(
      'AccessDenied',
      `User: ${HOST_SESSION} is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
    ),
    code: 'assume-role-denied',
    says: [`"AWS": "${HOST_ROLE}"`, `"Resource": "${ROLE}"`, '"Action": "sts:AssumeRole"'],
  },
  {
    row: 29,
    what: 'external ID',
    evidence: assume(
      'AccessDenied',
      `User: ${HOST_SESSION} is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
    ),
    code: 'assume-role-denied',
    says: ['"sts:ExternalId": "EXT-42"', 'External ID'],
  },
  {
    row: 30,
    what: 'form of the external ID',
    evidence: evidence('validate', { kind: 'setting', problem: 'external-id-malformed' }),
    code: 'external-id-malformed',
    says: ['External ID', '1224'],
  },
  {
    row: 30,
    what: 'form of the external ID, said by STS',
    evidence: assume(
      'ValidationError',
      "1 validation error detected: Value '!' at 'externalId' failed to satisfy constraint",
    ),
    code: 'external-id-malformed',
    says: ['External ID'],
  },
  {
    row: 31,
    what: 'role ARN',
    evidence: evidence('validate', { kind: 'setting', problem: 'role-arn-malformed' }),
    code: 'role-arn-malformed',
    says: ['Role ARN', 'aws-us-gov'],
  },
  {
    row: 31,
    what: 'role ARN, said by STS',
    evidence: assume('ValidationError', 'nonsense is invalid'),
    code: 'role-arn-malformed',
    says: ['Role ARN'],
  },
  {
    row: 32,
    what: 'duration',
    evidence: evidence('validate', { kind: 'setting', problem: 'duration-out-of-range' }),
    code: 'duration-out-of-range',
    says: ['900', 'Assume Role Duration'],
  },
  {
    row: 32,
    what: 'duration, said by STS',
    evidence: assume(
      'ValidationError',
      "1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ),
    code: 'duration-out-of-range',
    says: ['900'],
  },
  {
    row: 33,
    what: 'role maximum',
    evidence: assume(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    ),
    code: 'duration-above-role-maximum',
    says: ['update-role --region us-gov-west-1 --role-name kms-user --max-session-duration 3600'],
  },
  {
    row: 34,
    what: 'role chaining',
    evidence: evidence('validate', { kind: 'setting', problem: 'duration-role-chaining' }),
    code: 'duration-role-chaining',
    says: ['3600'],
  },
  {
    row: 34,
    what: 'role chaining, said by STS',
    evidence: assume(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    ),
    code: 'duration-role-chaining',
    says: ['3600'],
  },
  {
    row: 35,
    what: 'provider not registered',
    evidence: token(
      'InvalidIdentityTokenException',
      'No OpenIDConnect provider found in your account for https://secrets.example/oidc',
    ),
    code: 'oidc-provider-missing',
    says: [
      'create-open-id-connect-provider --region us-gov-west-1 --url https://secrets.example/oidc --client-id-list sts.amazonaws.com',
      'Account 111122223333',
    ],
  },
  {
    row: 36,
    what: 'audience',
    evidence: token('InvalidIdentityTokenException', 'Incorrect token audience'),
    code: 'oidc-audience',
    says: [PROVIDER, '--client-id sts.amazonaws.com'],
  },
  {
    row: 37,
    what: 'trust condition',
    evidence: token('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'),
    code: 'oidc-trust',
    says: [
      `"Federated": "${PROVIDER}"`,
      '"secrets.example/oidc:sub": "wardline:default"',
      '"secrets.example/oidc:aud": "sts.amazonaws.com"',
      'sub “wardline:default”',
    ],
  },
  {
    row: 38,
    what: 'token too old',
    evidence: token(
      'ExpiredTokenException',
      'Token expired: current date/time 2 must be before the expiration date/time 1',
    ),
    code: 'oidc-token-expired',
    says: ['clock'],
  },
  {
    row: 39,
    what: 'keys unreachable',
    evidence: token(
      'InvalidIdentityTokenException',
      "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    ),
    code: 'oidc-keys-unreachable',
    says: ['https://secrets.example/oidc/.well-known/openid-configuration', 'WARDLINE_PUBLIC_URL'],
  },
  {
    row: 40,
    what: 'provider error',
    evidence: token('IDPCommunicationErrorException', ''),
    code: 'oidc-provider-error',
    says: ['openid-configuration'],
  },
  {
    row: 40,
    what: 'claim rejected',
    evidence: token('IDPRejectedClaimException', ''),
    code: 'oidc-provider-error',
    says: ['openid-configuration'],
  },
  {
    row: 41,
    what: 'region disabled',
    evidence: assume('RegionDisabledException', 'STS is not activated in this region'),
    code: 'region-disabled',
    says: ['enable-region --region-name us-gov-west-1'],
  },
];
