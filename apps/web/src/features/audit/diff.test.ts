import { expect, it } from 'vitest';
import { diffOf } from './diff.ts';

it('names what changed, field by field, and nothing else', () => {
  const before = { name: 'KMS', version: 1, spec: { region: 'eu-west-1', executeOnDelegate: true, kmsArn: null } };
  const after = {
    name: 'KMS',
    version: 2,
    spec: { region: 'us-east-1', executeOnDelegate: false, kmsArn: 'account.arn' },
  };
  expect(diffOf(before, after)).toEqual([
    { field: 'Version', before: '1', after: '2' },
    { field: 'Spec › Region', before: 'eu-west-1', after: 'us-east-1' },
    { field: 'Spec › Execute on delegate', before: 'yes', after: 'no' },
    { field: 'Spec › Secret with the AWS ARN', before: 'none', after: 'account.arn' },
  ]);
});

it('calls fields as the forms do', () => {
  const fields = { kmsArnInPlainText: 'a', roleArn: 'b', externalName: 'c', valueOf: 2, delegateSelectors: ['d'] };
  expect(diffOf(null, fields).map(({ field }) => field)).toEqual([
    'AWS ARN',
    'Role ARN',
    'External ID',
    'Value since version',
    'Delegate selectors',
  ]);
});

it('tells what came and what went', () => {
  expect(diffOf({ tags: { env: 'test', team: 'a' } }, { tags: { env: 'test', cost: '1' } })).toEqual([
    { field: 'Tags › team', before: 'a', after: undefined },
    { field: 'Tags › cost', before: undefined, after: '1' },
  ]);
  expect(diffOf({ tags: {} }, { tags: { env: '' } })).toEqual([
    { field: 'Tags', before: 'none', after: undefined },
    { field: 'Tags › env', before: undefined, after: 'empty' },
  ]);
});

it('shows of a list what went and what came, rights in words', () => {
  expect(
    diffOf({ permissions: ['a', 'b', 'core_user_view'] }, { permissions: ['b', 'core_user_view', 'core_role_view'] }),
  ).toEqual([{ field: 'Permissions', before: 'a', after: 'See roles and who has them', kept: 2 }]);
  expect(diffOf({ list: ['a'] }, { list: ['b'] })).toEqual([{ field: 'List', before: 'a', after: 'b' }]);
  expect(diffOf({ list: ['a', 'b'] }, { list: ['b', 'a'] })).toEqual([
    { field: 'List', before: 'a\nb', after: 'b\na' },
  ]);
});

it('shows of something new or gone every field that says anything', () => {
  const role = { identifier: 'ops', description: '', tags: {}, permissions: ['x'] };
  expect(diffOf(null, role)).toEqual([
    { field: 'Identifier', before: undefined, after: 'ops' },
    { field: 'Permissions', before: undefined, after: 'x' },
  ]);
  expect(diffOf(role, null)[0]).toEqual({ field: 'Identifier', before: 'ops', after: undefined });
});

it('finds no difference between equal states', () => {
  expect(diffOf({ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2 }] } })).toEqual([]);
});
