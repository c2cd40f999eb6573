import type { UserGroupInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { isUniqueViolation } from '../db/failures.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedGroup, groupResource, membershipEvents } from './audited-group.ts';
import { findMembers, type NamedUsers } from './change-members.ts';
import type { GroupWithMembers } from './user-group.ts';

/**
 * Stores a new group with its members. It has no rights yet, so anyone may be in it.
 * @throws WardlineError INVALID_REQUEST for a user that there is not, DUPLICATE_FIELD for an ID that is taken.
 */
export async function createGroup(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  place: Place,
  { input, users }: { readonly input: UserGroupInput; readonly users: NamedUsers },
): Promise<GroupWithMembers> {
  const { identifier, name, description, tags } = input;
  try {
    return await storage.change(actor, async (stores) => {
      const members = await findMembers(stores, users);
      const settings = { name, description, tags };
      const group = await stores.userGroups.insert(place, identifier, settings, now().toISOString());
      await stores.groupMembers.add(
        group.id,
        members.map(({ id }) => id),
      );
      const result = { group, members };
      return {
        result,
        audit: [
          { action: 'CREATE', ...groupResource(group), after: auditedGroup(result) },
          ...membershipEvents('ADD_MEMBERSHIP', group, members),
        ],
      };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WardlineError(
      'DUPLICATE_FIELD',
      `There is already a user group with the ID “${identifier}” at ${describePlace(place)}. Choose another ID.`,
    );
  }
}
