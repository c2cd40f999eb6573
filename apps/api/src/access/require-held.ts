import { uncovered } from './covers.ts';
import type { ScopedGrant } from './grants.ts';
import type { RequestAccess } from './request-access.ts';

/**
 * Nobody gives what they have not: whoever makes or changes a role, assigns one, or lets someone into a group needs
 * every right that comes with it, at the scopes where it comes to hold.
 * @throws WardlineError NG_ACCESS_DENIED naming the first right that is missing.
 */
export function requireHeld(access: RequestAccess, grants: readonly ScopedGrant[]): void {
  const [first] = uncovered(access.identity.grants, grants);
  if (first) access.require(first.permission, first.place);
}
