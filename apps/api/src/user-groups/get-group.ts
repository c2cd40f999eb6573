import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import type { GroupWithMembers } from './user-group.ts';

/**
 * One group by its identifier, with its members.
 * @throws WardlineError RESOURCE_NOT_FOUND_EXCEPTION, which clients of the ecosystem read as "gone".
 */
export async function getGroup(
  { storage }: Pick<Deps, 'storage'>,
  place: Place,
  identifier: string,
): Promise<GroupWithMembers> {
  const group = await storage.userGroups.find(place, identifier);
  if (!group) throw noSuchGroup('RESOURCE_NOT_FOUND_EXCEPTION', place, identifier);
  return { group, members: (await storage.groupMembers.ofGroups([group.id])).get(group.id) ?? [] };
}

export function noSuchGroup(
  code: 'INVALID_REQUEST' | 'RESOURCE_NOT_FOUND_EXCEPTION',
  place: Place,
  identifier: string,
): WardlineError {
  return new WardlineError(code, `There is no user group with the ID “${identifier}” at ${describePlace(place)}.`);
}
