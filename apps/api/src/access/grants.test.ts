import { type Permission, permissionSchema } from '@wardline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place } from '../db/scope-columns.ts';
import { Grants, type ScopedGrant } from './grants.ts';

const ORGS = ['o1', 'o2'];
const PROJECTS = ['p1', 'p2'];

/** Every scope of a small account; projects of different organizations share their IDs. */
const SCOPES: readonly Place[] = [
  {},
  ...ORGS.flatMap((orgIdentifier) => [
    { orgIdentifier },
    ...PROJECTS.map((projectIdentifier) => ({ orgIdentifier, projectIdentifier })),
  ]),
];

/** The scopes from a scope up to the account, spelled out. */
function upwards({ orgIdentifier, projectIdentifier }: Place): string[] {
  const account = ['account'];
  if (!orgIdentifier) return account;
  const org = [...account, `account/${orgIdentifier}`];
  return projectIdentifier ? [...org, `account/${orgIdentifier}/${projectIdentifier}`] : org;
}

/** The rule as the issue has it, without regard to cost: spread every grant over all scopes, then look. */
function reference(grants: readonly ScopedGrant[]): ReadonlySet<string> {
  const held = new Set<string>();
  for (const { place, permissions } of grants) {
    const at = upwards(place).at(-1) ?? '';
    for (const scope of SCOPES) {
      if (!upwards(scope).includes(at)) continue;
      for (const permission of permissions) held.add(`${permission} at ${upwards(scope).at(-1)}`);
    }
  }
  return held;
}

const permission: fc.Arbitrary<Permission> = fc.constantFrom(...permissionSchema.options);
const grant: fc.Arbitrary<ScopedGrant> = fc.record({
  place: fc.constantFrom(...SCOPES),
  permissions: fc.uniqueArray(permission, { maxLength: 6 }).map((list) => new Set(list)),
});

describe('the rights of a principal', () => {
  it('hold at the scopes where they were given and below, and nowhere else', () => {
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 8 }), (list) => {
        const grants = new Grants(list);
        const expected = reference(list);
        for (const one of permissionSchema.options) {
          const somewhere = SCOPES.filter((scope) => expected.has(`${one} at ${upwards(scope).at(-1)}`));
          expect(SCOPES.filter((scope) => grants.allow(one, scope))).toEqual(somewhere);
          expect(grants.allowSomewhere(one)).toBe(somewhere.length > 0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
