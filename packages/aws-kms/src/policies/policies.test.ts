import { expect, it } from 'vitest';
import {
  assumeRolePolicy,
  enableIamStatement,
  endpointPolicy,
  iamKeyPolicy,
  identityOf,
  keyPolicyStatement,
  oidcTrustPolicy,
  principalArn,
  roleArnOfSession,
  roleTrustPolicy,
} from './index.ts';

const statement = (document: string) => JSON.parse(document).Statement[0];
const KEY = 'arn:aws-cn:kms:cn-north-1:111122223333:key/abc';

it('what is not typed yet stands in capitals, in the right partition', () => {
  expect(statement(iamKeyPolicy({ partition: 'aws-cn' })).Resource).toBe('arn:aws-cn:kms:REGION:ACCOUNT_ID:key/KEY_ID');
  expect(statement(assumeRolePolicy({})).Resource).toBe('arn:aws:iam::ACCOUNT_ID:role/ROLE_NAME');
  expect(statement(roleTrustPolicy({})).Principal.AWS).toBe('arn:aws:iam::ACCOUNT_ID:role/CALLER_ROLE');
  expect(statement(oidcTrustPolicy({}))).toMatchObject({
    Principal: { Federated: 'arn:aws:iam::ACCOUNT_ID:oidc-provider/ISSUER_HOST' },
    Condition: { StringEquals: { 'ISSUER_HOST:aud': 'AUDIENCE', 'ISSUER_HOST:sub': 'SUBJECT' } },
  });
});

it('P1 allows what the product calls and nothing more', () => {
  expect(statement(iamKeyPolicy({ keyArn: ` ${KEY} ` }))).toEqual({
    Effect: 'Allow',
    Action: ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: KEY,
  });
});

it('P2 and P3 are statements of a key policy, where * is this key', () => {
  const principal = 'arn:aws-cn:iam::111122223333:role/app';
  expect(statement(keyPolicyStatement({ principal, actions: ['kms:Decrypt'] }))).toEqual({
    Sid: 'AppUseDecrypt',
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'kms:Decrypt',
    Resource: '*',
  });
  expect(statement(keyPolicyStatement({ principal })).Sid).toBe('AppUse');
  expect(statement(enableIamStatement({ account: '111122223333', partition: 'aws-cn' }))).toEqual({
    Sid: 'EnableIAM',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws-cn:iam::111122223333:root' },
    Action: 'kms:*',
    Resource: '*',
  });
});

it('P5 asks for the external ID only where there is one, and names the role behind a session', () => {
  const callerArn = 'arn:aws:sts::111122223333:assumed-role/host/i-1';
  expect(statement(roleTrustPolicy({ callerArn, externalId: 'tenant-1' }))).toEqual({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:role/host' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': 'tenant-1' } },
  });
  expect(statement(roleTrustPolicy({ callerArn }))).not.toHaveProperty('Condition');
});

it('P6 names the issuer without its scheme and keeps its path', () => {
  const trust = {
    issuer: 'https://secrets.example/oidc',
    audience: 'sts.amazonaws.com',
    subject: 's',
    account: '111122223333',
  };
  expect(statement(oidcTrustPolicy(trust))).toMatchObject({
    Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/secrets.example/oidc' },
    Condition: { StringEquals: { 'secrets.example/oidc:aud': 'sts.amazonaws.com', 'secrets.example/oidc:sub': 's' } },
  });
});

it('P7 pins principal, actions and key', () => {
  expect(statement(endpointPolicy({ principal: 'arn:aws:iam::111122223333:role/app', resource: KEY }))).toMatchObject({
    Principal: { AWS: 'arn:aws:iam::111122223333:role/app' },
    Resource: KEY,
  });
});

it('a session becomes its role, with the path where the role is known', () => {
  const session = 'arn:aws:sts::111122223333:assumed-role/app/session';
  const withPath = 'arn:aws:iam::111122223333:role/team/app';
  expect(roleArnOfSession(session)).toBe('arn:aws:iam::111122223333:role/app');
  expect(roleArnOfSession(session, ['arn:aws:iam::444455556666:role/other/app', withPath])).toBe(withPath);
  expect(principalArn('arn:aws:iam::111122223333:user/ada')).toBe('arn:aws:iam::111122223333:user/ada');
  expect(principalArn('arn:aws:iam::111122223333:root')).toBe('arn:aws:iam::111122223333:root');
});

it('the name that commands take is the last part of the ARN', () => {
  expect(identityOf('arn:aws:iam::111122223333:role/team/app')).toEqual({ kind: 'role', name: 'app' });
  expect(identityOf('arn:aws:iam::111122223333:user/ada')).toEqual({ kind: 'user', name: 'ada' });
  expect(identityOf('arn:aws:iam::111122223333:root')).toBeUndefined();
});
