import type { Permission } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import type { Grants, ScopedGrant } from './grants.ts';

/**
 * Whether whoever has the first rights could do everything that whoever has the second could: each right of the other,
 * at the scope where it was given. Whoever hands out rights, or the means to act with another's (a role, a token of a
 * service account), must cover them, or the power to hand out would be the power to have.
 *
 * A right that the caller has above counts, since it holds below; one that the caller has in each scope below does not,
 * since the other's also holds in scopes that are made later.
 */
export function covers(caller: Grants, other: readonly ScopedGrant[]): boolean {
  return uncovered(caller, other).length === 0;
}

/** The rights of the other that the caller lacks, each at the scope where the other has it. */
export function uncovered(
  caller: Grants,
  other: readonly ScopedGrant[],
): { readonly permission: Permission; readonly place: Place }[] {
  return other.flatMap(({ place, permissions }) =>
    [...permissions]
      .filter((permission) => !caller.allow(permission, place))
      .map((permission) => ({ permission, place })),
  );
}
