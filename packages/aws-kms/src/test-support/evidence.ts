import type { HopId } from '@wardline/contracts';
import type { Evidence, Failure, Subject } from '../findings/evidence.ts';

/** One of the 49 causes at AWS as evidence, with what the finding must be and say. */
export interface Row {
  readonly row: number;
  readonly what: string;
  readonly evidence: Evidence;
  readonly code: string;
  /** Fragments that the explanation and fixes together must contain: the names of this connection, filled in. */
  readonly says: readonly string[];
}

export const KEY = 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
export const ROLE = 'arn:aws-us-gov:iam::111122223333:role/teams/secrets/kms-user';
/** A key of an account that is not the caller's. */
export const OTHER_ACCOUNT_KEY = KEY.replace('111122223333', '444455556666');
/** STS drops the role's path from session ARNs. */
const SESSION = 'arn:aws-us-gov:sts::111122223333:assumed-role/kms-user/wardline-1';
export const HOST_SESSION = 'arn:aws-us-gov:sts::111122223333:assumed-role/delegate-host/i-1';
export const HOST_ROLE = 'arn:aws-us-gov:iam::111122223333:role/delegate-host';

const BASE: Subject = {
  runner: { kind: 'delegate', name: 'inside', hostName: 'host-7' },
  region: 'us-gov-west-1',
  partition: 'aws-us-gov',
  keyArn: KEY,
  credential: { type: 'AssumeSTSRole', roleArn: ROLE, externalId: 'EXT-42', durationSeconds: 3600 },
  callerArn: SESSION,
  endpoints: {},
};

export const manual: Partial<Subject> = {
  credential: { type: 'ManualConfig' },
  callerArn: 'arn:aws-us-gov:iam::111122223333:user/ada',
};
export const oidc: Partial<Subject> = {
  credential: {
    type: 'OidcAuthentication',
    roleArn: ROLE,
    claims: { issuer: 'https://secrets.example/oidc', audience: 'sts.amazonaws.com', subject: 'wardline:default' },
  },
};
export const fromHost: Partial<Subject> = { callerArn: HOST_SESSION };

export const evidence = (hop: HopId, failure: Failure, subject: Partial<Subject> = {}): Evidence => ({
  hop,
  failure,
  subject: { ...BASE, ...subject },
});

/** An error that AWS answered with. */
export const aws = (
  hop: HopId,
  operation: string,
  code: string,
  message: string,
  subject: Partial<Subject> = {},
): Evidence => evidence(hop, { kind: 'answer', operation, code, message }, subject);

/** A denial by KMS in the form that AWS documents. */
export const denied = (action: string, because: string, subject: Partial<Subject> = {}): Evidence =>
  aws(
    action === 'DescribeKey' ? 'describe-key' : 'generate-data-key',
    action,
    'AccessDeniedException',
    `User: ${SESSION} is not authorized to perform: kms:${action} on resource: ${KEY} ${because}`,
    subject,
  );

/** A call that no answer came back from. */
export const network = (code: string, subject: Partial<Subject> = {}): Evidence =>
  evidence('describe-key', { kind: 'network', operation: 'DescribeKey', code, detail: `${code} happened` }, subject);
