import { describe, expect, it } from 'vitest';
import { formatReference, parseReference, referencedScope } from './references.ts';
import type { Scope } from './scope.ts';

const account: Scope = { accountIdentifier: 'a' };
const org: Scope = { ...account, orgIdentifier: 'o' };
const project: Scope = { ...org, projectIdentifier: 'p' };

describe('a reference', () => {
  it.each([
    ['account.key', project, { level: 'account', identifier: 'key' }],
    ['org.key', project, { level: 'org', identifier: 'key' }],
    ['key', project, { level: 'project', identifier: 'key' }],
    ['key', org, { level: 'org', identifier: 'key' }],
    ['key', account, { level: 'account', identifier: 'key' }],
  ] as const)('%s from %j means %j', (text, from, expected) => {
    expect(parseReference(text, from)).toEqual(expected);
  });

  it.each(['', '.key', 'team.key', 'account.', 'account.a.b', 'account.9', 'account.org', 'a b'])(
    'may not be %j',
    (text) => {
      expect(parseReference(text, project)).toBeUndefined();
    },
  );

  it.each(['account.key', 'org.key', 'key'])('%s is written as it was read', (text) => {
    const parsed = parseReference(text, project);
    expect(parsed && formatReference(parsed)).toBe(text);
  });
});

describe('the scope that a reference points into', () => {
  it('is the level it names, seen from below', () => {
    expect(referencedScope({ level: 'account', identifier: 'k' }, project)).toEqual(account);
    expect(referencedScope({ level: 'org', identifier: 'k' }, project)).toEqual(org);
    expect(referencedScope({ level: 'project', identifier: 'k' }, project)).toEqual(project);
  });

  it('is none for a level below: an account entity may not use the secrets of an organization or a project', () => {
    expect(referencedScope({ level: 'org', identifier: 'k' }, account)).toBeUndefined();
    expect(referencedScope({ level: 'project', identifier: 'k' }, org)).toBeUndefined();
  });
});
