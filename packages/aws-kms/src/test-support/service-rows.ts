import { aws, evidence, manual, network, type Row } from './evidence.ts';

const generate = (code: string, message: string) => aws('generate-data-key', 'GenerateDataKey', code, message);
const proxy = { ...manual, proxy: { variable: 'HTTPS_PROXY', isUsed: false } };
const foreign = (httpStatus: number) =>
  evidence(
    'describe-key',
    { kind: 'foreign', operation: 'DescribeKey', httpStatus, detail: "Unexpected token '<'" },
    proxy,
  );

/** Rows 45 to 49: the service and the way to it. */
export const SERVICE_ROWS: readonly Row[] = [
  {
    row: 45,
    what: 'throttling',
    evidence: generate('ThrottlingException', 'You have exceeded the rate at which you may call KMS.'),
    code: 'throttled',
    says: ['list-service-quotas --region us-gov-west-1'],
  },
  {
    row: 46,
    what: 'internal error',
    evidence: generate('KMSInternalException', ''),
    code: 'kms-unavailable',
    says: ['KMSInternalException'],
  },
  {
    row: 46,
    what: 'dependency timeout',
    evidence: generate('DependencyTimeoutException', ''),
    code: 'kms-unavailable',
    says: ['DependencyTimeoutException'],
  },
  {
    row: 46,
    what: 'key unavailable',
    evidence: generate('KeyUnavailableException', ''),
    code: 'kms-unavailable',
    says: ['KeyUnavailableException'],
  },
  {
    row: 47,
    what: 'DNS',
    evidence: network('ENOTFOUND', proxy),
    code: 'dns',
    says: ['kms.us-gov-west-1.amazonaws.com', 'HTTPS_PROXY is set', 'ignores proxy variables'],
  },
  {
    row: 47,
    what: 'DNS behind a proxy',
    evidence: network('ENOTFOUND', { proxy: { variable: 'HTTPS_PROXY', isUsed: true } }),
    code: 'dns',
    says: ['HTTPS_PROXY is set', 'go through that proxy'],
  },
  {
    row: 47,
    what: 'DNS for now',
    evidence: network('EAI_AGAIN'),
    code: 'dns',
    says: ['create-vpc-endpoint --region us-gov-west-1'],
  },
  {
    row: 47,
    what: 'refused',
    evidence: network('ECONNREFUSED', { endpoints: { kms: 'http://127.0.0.1:9' } }),
    code: 'connection-refused',
    says: ['http://127.0.0.1:9', 'host-7'],
  },
  {
    row: 47,
    what: 'no route',
    evidence: network('EHOSTUNREACH'),
    code: 'no-route',
    says: ['com.amazonaws.us-gov-west-1.kms'],
  },
  {
    row: 47,
    what: 'silent',
    evidence: evidence(
      'identity',
      { kind: 'timeout', operation: 'GetCallerIdentity', phase: 'connect', afterMs: 3000 },
      proxy,
    ),
    code: 'timeout',
    says: ['3 s', 'https://sts.us-gov-west-1.amazonaws.com', 'HTTPS_PROXY'],
  },
  {
    row: 47,
    what: 'too slow as a whole',
    evidence: evidence('decrypt', { kind: 'stopped', operation: 'Decrypt', why: 'deadline' }),
    code: 'deadline-exceeded',
    says: ['Data key decrypted again'],
  },
  { row: 47, what: 'cut off', evidence: network('ECONNRESET'), code: 'connection-broken', says: ['kms.us-gov-west-1'] },
  {
    row: 48,
    what: 'own authority',
    evidence: network('SELF_SIGNED_CERT_IN_CHAIN'),
    code: 'tls-untrusted',
    says: ['NODE_EXTRA_CA_CERTS', 'kms.us-gov-west-1.amazonaws.com:443'],
  },
  {
    row: 48,
    what: 'self-signed',
    evidence: network('DEPTH_ZERO_SELF_SIGNED_CERT'),
    code: 'tls-untrusted',
    says: ['DEPTH_ZERO_SELF_SIGNED_CERT'],
  },
  {
    row: 48,
    what: 'another name',
    evidence: network('ERR_TLS_CERT_ALTNAME_INVALID'),
    code: 'tls-name-mismatch',
    says: ['subjectAltName'],
  },
  { row: 49, what: 'proxy page', evidence: foreign(200), code: 'not-aws', says: ['HTTP 200', 'HTTPS_PROXY'] },
  { row: 49, what: 'proxy login', evidence: foreign(407), code: 'proxy-authentication', says: ['HTTP 407'] },
];
