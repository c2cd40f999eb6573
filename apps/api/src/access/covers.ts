import type { Grants } from './grants.ts';

/**
 * Whether whoever has the first rights could do everything that whoever has the second could: each right of the other,
 * at the scope where it was given. Whoever hands out rights, or the means to act with another's (a role, a token of a
 * service account), must cover them, or the power to hand out would be the power to have.
 *
 * A right that the caller has above counts, since it holds below; one that the caller has in each scope below does not,
 * since the other's also holds in scopes that are made later.
 */
export function covers(caller: Grants, other: Grants): boolean {
  return other.list.every(({ place, permissions }) =>
    [...permissions].every((permission) => caller.allow(permission, place)),
  );
}
