import { describe, expect, it } from 'vitest';
import { maskKmsArn, parseArn, parseKmsArn, parseRoleArn } from './arn.ts';

const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

describe('the ARN of a KMS key', () => {
  it.each([
    ['aws', 'eu-west-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-cn', 'cn-north-1'],
    ['aws-eusc', 'eusc-de-east-1'],
    ['aws-not-yet-known', 'mars-north-1'],
  ])('is read in partition %s', (partition, region) => {
    const arn = parseKmsArn(`arn:${partition}:kms:${region}:111122223333:key/${KEY_ID}`);
    expect(arn).toMatchObject({ partition, region, account: '111122223333', kind: 'key', id: KEY_ID });
  });

  it('may be that of a multi-region key or an alias', () => {
    expect(parseKmsArn('arn:aws:kms:eu-west-1:111122223333:key/mrk-1234')?.id).toBe('mrk-1234');
    expect(parseKmsArn('arn:aws:kms:eu-west-1:111122223333:alias/a/b')).toMatchObject({ kind: 'alias', id: 'a/b' });
  });

  it.each([
    '',
    KEY_ID,
    `arn:aws:kms:eu-west-1:1111:key/${KEY_ID}`,
    `arn:aws:kms::111122223333:key/${KEY_ID}`,
    `arn:aws:s3:eu-west-1:111122223333:key/${KEY_ID}`,
    'arn:aws:kms:eu-west-1:111122223333:key/',
    ` arn:aws:kms:eu-west-1:111122223333:key/${KEY_ID}`,
    `arn:aws:kms:eu-west-1:111122223333:key/${KEY_ID}\n`,
  ])('is not %j', (text) => {
    expect(parseKmsArn(text)).toBeUndefined();
  });

  it('is masked to what tells keys apart', () => {
    expect(maskKmsArn(`arn:aws:kms:eu-west-1:111122223333:key/${KEY_ID}`)).toBe('…3333:key/…90ab');
    expect(maskKmsArn('arn:aws:kms:eu-west-1:111122223333:alias/payments')).toBe('…3333:alias/payments');
    expect(maskKmsArn('nonsense')).toBe('…');
  });
});

describe('the ARN of a role', () => {
  it('keeps the name and drops the path', () => {
    expect(parseRoleArn('arn:aws:iam::111122223333:role/team/eu/reader')?.roleName).toBe('reader');
    expect(parseRoleArn('arn:aws-cn:iam::111122223333:role/reader')?.roleName).toBe('reader');
  });

  it.each([
    'arn:aws:iam::111122223333:user/reader',
    'arn:aws:sts::111122223333:assumed-role/reader/session',
    'arn:aws:iam:eu-west-1:111122223333:role/reader',
    'arn:aws:iam::111122223333:role/',
  ])('is not %s', (text) => {
    expect(parseRoleArn(text)).toBeUndefined();
  });
});

it('an ARN without six fields is not one', () => {
  expect(parseArn('arn:aws:kms')).toBeUndefined();
});
