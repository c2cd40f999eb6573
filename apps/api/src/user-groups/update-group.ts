import type { UserGroupInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import type { Stores } from '../stores.ts';
import { auditedGroup, groupResource } from './audited-group.ts';
import { changeMembers, findMembers, type NamedUsers } from './change-members.ts';
import { noSuchGroup } from './get-group.ts';
import type { GroupWithMembers, UserGroup } from './user-group.ts';

/**
 * Replaces a group in full, members included.
 * @throws WardlineError INVALID_REQUEST when there is none, for a user that there is not, or when the account would be
 *   left without an administrator; NG_ACCESS_DENIED where someone comes in who gets a right that the caller has not.
 */
export async function updateGroup(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor, access }: Caller,
  place: Place,
  { input, users }: { readonly input: UserGroupInput; readonly users: NamedUsers },
): Promise<GroupWithMembers> {
  const { identifier, name, description, tags } = input;
  return storage.change(actor, async (stores) => {
    const before = await groupForChange(stores, place, identifier);
    const after = await findMembers(stores, users);
    const group = await stores.userGroups.replace(before.group, { name, description, tags }, now().toISOString());
    const change = { group, before: before.members, after };
    const { result, events } = await changeMembers(stores, { access }, change, now);
    return {
      result,
      audit: [
        { action: 'UPDATE', ...groupResource(group), before: auditedGroup(before), after: auditedGroup(result) },
        ...events,
      ],
    };
  });
}

/**
 * A group with its members, held until the transaction ends.
 * @throws WardlineError INVALID_REQUEST when there is none.
 */
export async function groupForChange(
  { userGroups, groupMembers }: Pick<Stores, 'userGroups' | 'groupMembers'>,
  place: Place,
  identifier: string,
): Promise<GroupWithMembers & { readonly group: UserGroup }> {
  const group = await userGroups.findForChange(place, identifier);
  if (!group) throw noSuchGroup('INVALID_REQUEST', place, identifier);
  return { group, members: (await groupMembers.ofGroups([group.id])).get(group.id) ?? [] };
}
