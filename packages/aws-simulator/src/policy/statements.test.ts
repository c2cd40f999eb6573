import { describe, expect, it } from 'vitest';
import { ConditionContext } from './conditions.ts';
import { identityPolicySchema, resourcePolicySchema, trustPolicySchema } from './document.ts';
import { MalformedPolicyError, parsePolicy } from './parse-policy.ts';
import { applicable } from './statements.ts';

type Keys = ConstructorParameters<typeof ConditionContext>[0];
const request = (keys: Keys = {}, action = 'kms:Decrypt', resource = 'arn:aws:kms:r:1:key/abc') => ({
  action,
  resource,
  context: new ConditionContext(keys),
});
const allows = (statement: object, asked = request()): boolean =>
  applicable(identityPolicySchema.parse({ Statement: { Effect: 'Allow', ...statement } }), 'Allow', asked).length > 0;
const anything = { Action: '*', Resource: '*' };
const when = (Condition: object, keys: Keys): boolean => allows({ ...anything, Condition }, request(keys));

describe('actions and resources', () => {
  it.each([
    [{ Action: 'KMS:decrypt', Resource: '*' }, true],
    [{ Action: ['kms:Encrypt', 'kms:Dec*'], Resource: '*' }, true],
    [{ Action: 'kms:Decryp?', Resource: '*' }, true],
    [{ Action: 'kms:Encrypt', Resource: '*' }, false],
    [{ NotAction: 'kms:Decrypt', Resource: '*' }, false],
    [{ NotAction: 'kms:Encrypt', Resource: '*' }, true],
    [{ Action: '*', Resource: 'arn:aws:kms:*:1:key/*' }, true],
    [{ Action: '*', Resource: 'arn:aws:kms:r:1:key/ABC' }, false],
    [{ Action: '*', Resource: 'arn:aws:kms:r:1:alias/abc' }, false],
    [{ Action: '*', NotResource: 'arn:aws:kms:r:1:key/abc' }, false],
  ])('%o applies: %s', (statement, expected) => {
    expect(allows(statement)).toBe(expected);
  });
});

describe('conditions', () => {
  const id = 'sts:ExternalId';
  it.each([
    ['StringEquals', 'x', 'x', true],
    ['StringEquals', ['w', 'x'], 'x', true],
    ['StringEquals', 'X', 'x', false],
    ['StringNotEquals', ['w', 'x'], 'x', false],
    ['StringNotEquals', 'w', 'x', true],
    ['StringLike', 'a*c?', 'abbcd', true],
    ['StringLike', 'a.c', 'abc', false],
    ['StringEqualsIgnoreCase', 'X', 'x', true],
  ])('%s %o against "%s": %s', (operator, wanted, actual, expected) => {
    expect(when({ [operator]: { [id]: wanted } }, { [id]: actual })).toBe(expected);
  });

  it.each([
    ['StringEquals', 'x', false],
    ['StringLike', '*', false],
    ['ArnLike', '*', false],
    ['Bool', 'false', false],
    ['IpAddress', '0.0.0.0/0', false],
    ['ForAnyValue:StringEquals', 'x', false],
    ['ForAllValues:StringEquals', 'x', true],
    ['StringEqualsIfExists', 'x', true],
    ['StringNotEquals', 'x', true],
    ['Null', 'true', true],
    ['Null', 'false', false],
  ])('an absent key under %s %s: %s', (operator, wanted, expected) => {
    expect(when({ [operator]: { 'aws:SourceIp': wanted } }, {})).toBe(expected);
  });

  it('IfExists still compares a key that is there', () => {
    expect(when({ StringEqualsIfExists: { [id]: 'x' } }, { [id]: 'y' })).toBe(false);
  });

  it.each([
    ['ForAnyValue:StringEquals', ['a', 'b'], ['b', 'z'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['y', 'z'], false],
    ['ForAllValues:StringLike', ['alias/*'], ['alias/x', 'alias/y'], true],
    ['ForAllValues:StringLike', ['alias/x'], ['alias/x', 'alias/y'], false],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
    ['ForAllValues:StringNotEquals', ['a'], ['a', 'b'], false],
  ])('%s %o against %o: %s', (operator, wanted, actual, expected) => {
    expect(when({ [operator]: { 'kms:ResourceAliases': wanted } }, { 'kms:ResourceAliases': actual })).toBe(expected);
  });

  it('compares addresses, ARNs field by field, and booleans', () => {
    const ip = { 'aws:SourceIp': '127.0.0.1' };
    expect(when({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '127.0.0.0/8'] } }, ip)).toBe(true);
    expect(when({ NotIpAddress: { 'aws:SourceIp': '127.0.0.1' } }, ip)).toBe(false);
    expect(when({ IpAddress: { 'aws:SourceIp': '::/0' } }, ip)).toBe(false);
    const principal = { 'aws:PrincipalArn': 'arn:aws:iam::1:role/team/app' };
    expect(when({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }, principal)).toBe(true);
    expect(when({ ArnLike: { 'aws:PrincipalArn': 'arn:*:role/team/app' } }, principal)).toBe(false);
    expect(when({ Bool: { 'aws:SecureTransport': false } }, { 'aws:SecureTransport': 'false' })).toBe(true);
  });

  it('needs every operator and every key; names of keys have no case', () => {
    const keys = { 'kms:EncryptionContext:App': 'a', 'aws:username': 'ann' };
    expect(when({ StringEquals: { 'KMS:encryptioncontext:app': 'a', 'aws:username': 'ann' } }, keys)).toBe(true);
    expect(when({ StringEquals: { 'kms:EncryptionContext:App': 'a', 'aws:username': 'bob' } }, keys)).toBe(false);
    const two = { StringEquals: { 'aws:username': 'ann' }, StringLike: { 'kms:EncryptionContext:App': 'b*' } };
    expect(when(two, keys)).toBe(false);
  });
});

describe('documents that are refused rather than half understood', () => {
  const statement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
  const condition = (block: object) => ({ Statement: { ...statement, Condition: block } });
  it.each([
    ['operator NumericLessThan', condition({ NumericLessThan: { 'sts:ExternalId': '1' } }), 'NumericLessThan'],
    ['operator with a typing error', condition({ StringEqual: { 'sts:ExternalId': '1' } }), 'StringEqual'],
    ['NullIfExists', condition({ NullIfExists: { 'sts:ExternalId': 'true' } }), 'NullIfExists'],
    ['unknown key', condition({ StringEquals: { 'aws:PrincipalOrgID': 'o' } }), 'aws:PrincipalOrgID'],
    ['address', condition({ IpAddress: { 'aws:SourceIp': '300.0.0.1' } }), '300.0.0.1'],
    ['policy variable', { Statement: { ...statement, Resource: `arn:\${aws:username}` } }, 'Policy variables'],
    ['Action and NotAction', { Statement: { ...statement, NotAction: 'kms:Decrypt' } }, 'exactly one of Action'],
    ['no Resource', { Statement: [{ Effect: 'Allow', Action: '*' }] }, 'exactly one of Resource'],
    ['Principal in an identity policy', { Statement: { ...statement, Principal: '*' } }, 'Principal'],
    ['action without a service', { Statement: { ...statement, Action: 'Decrypt' } }, 'An action is service:Operation'],
    ['Effect', { Statement: { ...statement, Effect: 'allow' } }, 'Effect'],
    ['text that is no JSON', '{', 'not valid JSON'],
  ])('%s', (_what, document, named) => {
    expect(() => parsePolicy(identityPolicySchema, document)).toThrow(MalformedPolicyError);
    expect(() => parsePolicy(identityPolicySchema, document)).toThrow(named);
  });

  it('key policies without a Principal, trust policies with a Resource, NotPrincipal', () => {
    expect(() => parsePolicy(resourcePolicySchema, { Statement: statement })).toThrow('Principal');
    const trust = { Statement: { ...statement, Principal: { AWS: '*' } } };
    expect(() => parsePolicy(trustPolicySchema, trust)).toThrow('Resource');
    const partly = { Statement: { ...statement, Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } } };
    expect(() => parsePolicy(resourcePolicySchema, partly)).toThrow('written out in full');
    const negated = { Statement: { ...statement, Principal: '*', NotPrincipal: { AWS: 'x' } } };
    expect(() => parsePolicy(resourcePolicySchema, negated)).toThrow('NotPrincipal');
  });
});
