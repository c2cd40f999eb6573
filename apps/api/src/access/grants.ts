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

  /** Whether the right holds at any scope at all. */
  allowSomewhere(permission: Permission): boolean {
    return this.list.some((grant) => grant.permissions.has(permission));
  }
}

export const NO_GRANTS = new Grants([]);
