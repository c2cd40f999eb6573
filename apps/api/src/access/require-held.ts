import type { ScopedGrant } from './grants.ts';
import type { RequestAccess } from './request-access.ts';
import { uncovered } from './uncovered.ts';

/**
 * Nobody gives what they have not: whoever makes or changes a role, assigns one, or lets someone into a group needs
 * every right that comes with it, at the scopes where it comes to hold.
 * @param because why the request takes them, where that is not plain.
 * @throws WardlineError NG_ACCESS_DENIED naming the first right that is missing.
 */
export function requireHeld(access: RequestAccess, grants: readonly ScopedGrant[], because?: string): void {
  const [first] = uncovered(access.identity.grants, grants);
  if (first) throw access.refusal(first.permission, first.place, because);
}
