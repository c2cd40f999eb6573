import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { changeMembers, findMembers } from './change-members.ts';
import { getGroup } from './get-group.ts';
import { groupForChange } from './update-group.ts';
import type { GroupWithMembers } from './user-group.ts';

interface MemberChange {
  readonly place: Place;
  readonly identifier: string;
  readonly userId: string;
  readonly to: 'member' | 'none';
}

/**
 * Lets a user into a group, or takes them out; whoever is in or out already stays so.
 * @throws WardlineError INVALID_REQUEST when there is no such group or user, or when the account would be left without an
 *   administrator; NG_ACCESS_DENIED for a right of the group that the caller has not.
 */
export async function changeMember(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor, access }: Caller,
  { place, identifier, userId, to }: MemberChange,
): Promise<GroupWithMembers> {
  const changed = await storage.changeIf(actor, async (stores) => {
    const { group, members } = await groupForChange(stores, place, identifier);
    const [user] = await findMembers(stores, { by: 'id', values: [userId] });
    const others = members.filter(({ id }) => id !== userId);
    const after = to === 'member' && user ? [...others, user] : others;
    const change = { group, before: members, after };
    const { result, events } = await changeMembers(stores, { access }, change, now);
    const [first, ...rest] = events;
    return first && { result, audit: [first, ...rest] };
  });
  return changed ?? getGroup({ storage }, place, identifier);
}
