import type { Permission } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import type { Grants, ScopedGrant } from './grants.ts';

/**
 * The rights that others have and the caller lacks, each at the scope where it was given; none where the caller could do
 * everything that they could. Whoever hands out rights, or the means to act with another's (a role, a token of a
 * service account), must cover them, or the power to hand out would be the power to have.
 *
 * A right that the caller has above counts, since it holds below; one that the caller has in each scope below does not,
 * since the other's also holds in scopes that are made later.
 */
export function uncovered(
  caller: Grants,
  others: readonly ScopedGrant[],
): { readonly permission: Permission; readonly place: Place }[] {
  return others.flatMap(({ place, permissions }) =>
    [...permissions]
      .filter((permission) => !caller.allow(permission, place))
      .map((permission) => ({ permission, place })),
  );
}
