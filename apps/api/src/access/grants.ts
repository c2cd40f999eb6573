import type { Permission } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';

/** Rights at one scope, which hold in every scope below it. */
export interface ScopedGrant {
  readonly place: Place;
  readonly permissions: ReadonlySet<Permission>;
}

/** Whether a right at `at` reaches `place`: the same scope, or one below. */
function reaches(at: Place, place: Place): boolean {
  if (!at.orgIdentifier) return true;
  if (at.orgIdentifier !== place.orgIdentifier) return false;
  return !at.projectIdentifier || at.projectIdentifier === place.projectIdentifier;
}

/** Whether what reaches one scope is a part of what reaches another; of two that are the same, the first covers. */
function covers(other: Place, one: Place, isFirst: boolean): boolean {
  return reaches(other, one) && (isFirst || !reaches(one, other));
}

/** Everything that a principal may do. */
export class Grants {
  readonly list: readonly ScopedGrant[];

  constructor(list: readonly ScopedGrant[]) {
    this.list = list;
  }

  /** Whether the right holds at the scope. */
  allow(permission: Permission, place: Place): boolean {
    return this.list.some((grant) => grant.permissions.has(permission) && reaches(grant.place, place));
  }

  /** The scopes below one at which the right was given, without those below another of them. */
  givenBelow(permission: Permission, place: Place): Place[] {
    const places = this.list
      .filter((grant) => grant.permissions.has(permission) && reaches(place, grant.place))
      .map((grant) => grant.place);
    return places.filter((one, n) => !places.some((other, m) => m !== n && covers(other, one, m < n)));
  }

  /** Whether the right holds at any scope at all. */
  allowSomewhere(permission: Permission): boolean {
    return this.list.some((grant) => grant.permissions.has(permission));
  }
}

export const NO_GRANTS = new Grants([]);
