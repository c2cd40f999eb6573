import { BUILT_IN_ROLES, type Permission } from '@wardline/contracts';
import { describe, expect, it } from 'vitest';
import type { Place } from '../db/scope-columns.ts';
import { Grants, NO_GRANTS } from './grants.ts';
import { uncovered } from './uncovered.ts';

const org = { orgIdentifier: 'o1' };
const project = { orgIdentifier: 'o1', projectIdentifier: 'p1' };
const grants = (...list: readonly [Place, ...Permission[]][]) =>
  new Grants(list.map(([place, ...permissions]) => ({ place, permissions: new Set(permissions) })));
const admin = grants([{}, ...BUILT_IN_ROLES._account_admin.permissions]);

describe('rights cover others', () => {
  it.each<[string, Grants, Grants, boolean]>([
    ['anyone covers someone without rights', NO_GRANTS, NO_GRANTS, true],
    ['an administrator covers an administrator', admin, admin, true],
    ['an administrator covers rights below', admin, grants([project, 'core_secret_access']), true],
    ['the same right at the same scope', grants([org, 'core_role_edit']), grants([org, 'core_role_edit']), true],
    ['a right above covers it below', grants([org, 'core_role_edit']), grants([project, 'core_role_edit']), true],
    [
      'a right below does not cover it above',
      grants([project, 'core_role_edit']),
      grants([org, 'core_role_edit']),
      false,
    ],
    [
      'nor does one beside it',
      grants([{ orgIdentifier: 'o2' }, 'core_role_edit']),
      grants([org, 'core_role_edit']),
      false,
    ],
    ['editing does not cover reading', grants([{}, 'core_secret_edit']), grants([{}, 'core_secret_access']), false],
    [
      'rights from several roles count together',
      grants([{}, 'core_secret_view'], [org, 'core_secret_access']),
      grants([project, 'core_secret_view', 'core_secret_access']),
      true,
    ],
    [
      'one right too many is too many',
      grants([{}, 'core_secret_view']),
      grants([{}, 'core_secret_view'], [project, 'core_secret_access']),
      false,
    ],
  ])('%s', (_case, caller, other, expected) => {
    expect(uncovered(caller, other.list).length === 0).toBe(expected);
  });
});

it('names what is missing, at the scope where the other has it', () => {
  const other = grants([{}, 'core_secret_view'], [project, 'core_secret_access', 'core_secret_view']);
  expect(uncovered(grants([org, 'core_secret_view']), other.list)).toEqual([
    { permission: 'core_secret_view', place: {} },
    { permission: 'core_secret_access', place: project },
  ]);
});
