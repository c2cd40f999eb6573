import type { RoleResponse } from '@wardline/contracts';
import { isBuiltInRole } from '../access/store.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import { toBuiltInRoleResponse, toRoleResponse } from './role.ts';

/**
 * One role by its identifier: a built-in one, or one of exactly the scope.
 * @throws WardlineError RESOURCE_NOT_FOUND_EXCEPTION, which clients of the ecosystem read as "gone".
 */
export async function getRole(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  place: Place,
  identifier: string,
): Promise<RoleResponse> {
  if (isBuiltInRole(identifier)) return toBuiltInRoleResponse(identifier);
  const role = await storage.roles.find(place, identifier);
  if (role) return toRoleResponse(role, config.accountId);
  throw new WardlineError(
    'RESOURCE_NOT_FOUND_EXCEPTION',
    `There is no role with the ID “${identifier}” at ${describePlace(place)}.`,
  );
}
