import { ALL_PROJECT_RESOURCES, ALL_RESOURCES, type RoleAssignmentInput } from '@wardline/contracts';
import { isBuiltInRole } from '../access/store.ts';
import type { Place } from '../db/scope-columns.ts';
import { invalidFields } from '../plugins/errors.ts';
import type { PrincipalAddress } from './principal-store.ts';
import type { RoleReference } from './role-assignment.ts';
import { placeAtLevel } from './scope-level.ts';

/** The role that an assignment gives: a built-in one, or one of its scope or of one above. */
export function roleOf(place: Place, { roleIdentifier, roleReference }: RoleAssignmentInput): RoleReference {
  const identifier = roleReference?.identifier ?? roleIdentifier ?? '';
  if (isBuiltInRole(identifier)) return { identifier, place: {} };
  return { identifier, place: placeAtLevel(place, roleReference?.scopeLevel, 'roleReference.scopeLevel') };
}

/** Whom an assignment names. */
export function principalOf(place: Place, { principal }: Pick<RoleAssignmentInput, 'principal'>): PrincipalAddress {
  const { type, identifier, scopeLevel } = principal;
  return { type, identifier, place: placeAtLevel(place, scopeLevel, 'principal.scopeLevel') };
}

/**
 * The resource group of an assignment. There are none but everything, and a right holds below its scope; what means less
 * than that is refused, since giving more than was asked for is not for the server to decide.
 * @throws WardlineError INVALID_REQUEST
 */
export function resourceGroupOf(
  place: Place,
  { resourceGroupIdentifier = ALL_RESOURCES }: RoleAssignmentInput,
): string {
  if (resourceGroupIdentifier === ALL_RESOURCES) return resourceGroupIdentifier;
  if (resourceGroupIdentifier === ALL_PROJECT_RESOURCES && place.projectIdentifier) return resourceGroupIdentifier;
  const error = `“${resourceGroupIdentifier}” can't be assigned: a role here is for everything at a scope and below. Write ${ALL_RESOURCES}${place.projectIdentifier ? ` or ${ALL_PROJECT_RESOURCES}` : ''}.`;
  throw invalidFields([{ fieldId: 'resourceGroupIdentifier', error }]);
}
