import { PERMISSIONS, type Permission, type PermissionCheck } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import type { Identity } from './authenticator.ts';

/** What the caller of a request may do. */
export interface RequestAccess {
  allows(permission: Permission, place: Place): boolean;
  /** @throws WardlineError NG_ACCESS_DENIED naming the right and the scope. */
  require(permission: Permission, place: Place): void;
  /** The refusal for want of a right. @param because why the request takes the right, where that is not plain. */
  refusal(permission: Permission, place: Place, because?: string): WardlineError;
  readonly identity: Identity;
}

export function requestAccess(identity: Identity, accountId: string): RequestAccess {
  return {
    identity,
    allows: (permission, place) => identity.grants.allow(permission, place),
    require(permission, place) {
      if (!identity.grants.allow(permission, place)) throw missingRight(permission, place, accountId);
    },
    refusal: (permission, place, because) => missingRight(permission, place, accountId, because),
  };
}

/** The documented refusal of a request that lacks a right. */
export function missingRight(permission: Permission, place: Place, accountId: string, because?: string): WardlineError {
  const check: PermissionCheck = {
    resourceScope: {
      accountIdentifier: accountId,
      orgIdentifier: place.orgIdentifier ?? null,
      projectIdentifier: place.projectIdentifier ?? null,
    },
    resourceType: PERMISSIONS[permission].resourceType,
    resourceIdentifier: null,
    permission,
  };
  const message = `Missing permission ${permission} at ${describePlace(place)}.`;
  return new WardlineError('NG_ACCESS_DENIED', because ? `${message} ${because}` : message, {
    hints: [`Ask an administrator for a role with “${PERMISSIONS[permission].title}” at ${describePlace(place)}.`],
    failedPermissionChecks: [check],
  });
}
