import type { ScopedGrant } from './grants.ts';
import type { RequestAccess } from './request-access.ts';

/**
 * Nobody gives what they have not: whoever makes or changes a role, assigns one, or lets someone into a group needs
 * every right that comes with it, at the scopes where it comes to hold.
 * @throws WardlineError NG_ACCESS_DENIED naming the first right that is missing.
 */
export function requireHeld(access: RequestAccess, grants: readonly ScopedGrant[]): void {
  for (const { place, permissions } of grants) {
    for (const permission of permissions) access.require(permission, place);
  }
}
