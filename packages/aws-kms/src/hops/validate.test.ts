import type { Task, TaskCredential } from '@wardline/contracts';
import { expect, it } from 'vitest';
import { collect } from '../test-support/collect.ts';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd';
const ROLE = 'arn:aws:iam::111122223333:role/app';
const manual: TaskCredential = {
  type: 'ManualConfig',
  accessKeyId: 'AKIAMADEUPMADEUP',
  secretAccessKey: 'made-up-secret',
};
const sts = (changes: object = {}): TaskCredential => ({
  type: 'AssumeSTSRole',
  roleArn: ROLE,
  durationSeconds: 3600,
  ...changes,
});
const oidc = (roleArn: string): TaskCredential => ({
  type: 'OidcAuthentication',
  roleArn,
  webIdentityToken: 'made-up-token',
  claims: { issuer: 'https://i.example', audience: 'a', subject: 's' },
});

let asked = 0;
/** Endpoints where nothing listens: a check that needed a network would fail differently, and slowly. */
const check = (connection: Partial<Task['connection']>) => {
  asked += 1;
  return collect(
    {
      kind: 'test-connection',
      id: `v-${asked}`,
      deadlineMs: 5_000,
      encryptionContext: {},
      connection: { keyArn: KEY, region: 'us-east-1', credential: manual, ...connection },
    },
    {
      runner: { kind: 'platform', name: 'platform', hostName: 'h' },
      endpoints: () => ({ kms: 'http://127.0.0.1:1', sts: 'http://127.0.0.1:1', imds: 'http://127.0.0.1:1' }),
      env: {},
      now: () => new Date(),
    },
  );
};

it.each<[string, Partial<Task['connection']>, string]>([
  ['a space behind the ARN', { keyArn: `${KEY} ` }, 'stray-whitespace'],
  [
    'a line break in the secret',
    { credential: { ...manual, secretAccessKey: 'made-up\n' } as TaskCredential },
    'stray-whitespace',
  ],
  ['a space in the external ID', { credential: sts({ externalId: 'a b' }) }, 'stray-whitespace'],
  ['an empty access key', { credential: { ...manual, accessKeyId: '' } as TaskCredential }, 'access-key-missing'],
  [
    'something else than an access key ID',
    { credential: { ...manual, accessKeyId: 'made-up-id' } as TaskCredential },
    'access-key-id-malformed',
  ],
  ['a bare key ID', { keyArn: '1234abcd-12ab-34cd-56ef-1234567890ab' }, 'key-arn-malformed'],
  ['a bare alias', { keyArn: 'alias/app' }, 'key-arn-malformed'],
  ['the ARN of something else', { keyArn: 'arn:aws:s3:::bucket' }, 'key-arn-malformed'],
  ['an availability zone', { region: 'us-east-1a' }, 'region-malformed'],
  ['a key of another region', { region: 'eu-west-1' }, 'region-mismatch'],
  ['a key of another partition', { keyArn: KEY.replace('arn:aws:', 'arn:aws-cn:') }, 'partition-mismatch'],
  [
    'a role of another partition',
    { credential: sts({ roleArn: ROLE.replace('arn:aws:', 'arn:aws-cn:') }) },
    'partition-mismatch',
  ],
  ['a user in place of a role', { credential: oidc('arn:aws:iam::111122223333:user/ada') }, 'role-arn-malformed'],
  [
    'a session in place of a role',
    { credential: sts({ roleArn: 'arn:aws:sts::111122223333:assumed-role/app/x' }) },
    'role-arn-malformed',
  ],
  ['an external ID of one character', { credential: sts({ externalId: 'x' }) }, 'external-id-malformed'],
  ['an external ID with a quote', { credential: sts({ externalId: '"abc"' }) }, 'external-id-malformed'],
  ['a session of a minute', { credential: sts({ durationSeconds: 60 }) }, 'duration-out-of-range'],
  ['a session of a day', { credential: sts({ durationSeconds: 86_400 }) }, 'duration-out-of-range'],
  [
    'more than an hour through a role of the host',
    { credential: sts({ durationSeconds: 3_601 }) },
    'duration-role-chaining',
  ],
])('%s is found without a network', async (_, connection, code) => {
  const run = await check(connection);
  expect(run.cause).toBe(code);
  expect(run.statuses).toEqual(['fail', ...Array(7).fill('skipped')]);
});

it.each<[string, Partial<Task['connection']>]>([
  ['an alias', { keyArn: 'arn:aws:kms:us-east-1:111122223333:alias/team/app' }],
  ['a multi-Region key', { keyArn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab' }],
  ['GovCloud', { keyArn: KEY.replace('aws:kms:us-east-1', 'aws-us-gov:kms:us-gov-west-1'), region: 'us-gov-west-1' }],
  ['a region that is newer than the SDK', { keyArn: KEY.replace('us-east-1', 'xx-north-9'), region: 'xx-north-9' }],
  ['a role with a path', { credential: sts({ roleArn: 'arn:aws:iam::111122223333:role/team/app' }) }],
])('%s is accepted', async (_, connection) => {
  expect((await check(connection)).statuses[0]).toBe('pass');
});

it('a role of another account is legal, and said', async () => {
  const run = await check({ credential: sts({ roleArn: ROLE.replace('111122223333', '444455556666') }) });
  expect(run.fact('validate', 'Role account')).toBe('444455556666 (cross-account)');
});
