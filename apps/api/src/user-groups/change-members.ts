import type { FieldError } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { requireHeld } from '../access/require-held.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { invalidFields } from '../plugins/errors.ts';
import { requireAnotherAdministrator } from '../role-assignments/require-another-administrator.ts';
import type { Stores } from '../stores.ts';
import { membershipEvents } from './audited-group.ts';
import type { GroupWithMembers, Member, UserGroup } from './user-group.ts';

/** How a request names users: by the ids that the server gave them, or by e-mail address. */
export interface NamedUsers {
  readonly by: 'id' | 'email';
  readonly values: readonly string[];
}

/**
 * The users that a request names, by e-mail address.
 * @throws WardlineError INVALID_REQUEST naming each that there is not.
 */
export async function findMembers(
  { groupMembers }: Pick<Stores, 'groupMembers'>,
  { by, values }: NamedUsers,
): Promise<Member[]> {
  const wanted = by === 'email' ? values.map((value) => value.toLowerCase()) : values;
  const found = await groupMembers.findUsers(by, wanted);
  const known = new Set(found.map((user) => user[by]));
  const errors = wanted.flatMap((value, index): FieldError[] => {
    if (known.has(value)) return [];
    const error = by === 'id' ? `There is no user with the id “${value}”.` : `There is no user “${value}”.`;
    return [{ fieldId: `users.${index}`, error }];
  });
  if (errors.length > 0) throw invalidFields(errors);
  return found.sort((a, b) => (a.email < b.email ? -1 : 1));
}

/**
 * Makes users the members of a group, in the transaction of the change.
 * @returns the group with its members, and an event for each who came or went.
 * @throws WardlineError NG_ACCESS_DENIED where someone comes into a group with a right that the caller has not,
 *   INVALID_REQUEST when the account would be left without an administrator.
 */
export async function changeMembers(
  stores: Pick<Stores, 'access' | 'groupMembers' | 'principals'>,
  { access }: Pick<Caller, 'access'>,
  change: { readonly group: UserGroup; readonly before: readonly Member[]; readonly after: readonly Member[] },
  now: () => Date,
): Promise<{ readonly result: GroupWithMembers; readonly events: AuditEntry[] }> {
  const { group, before, after } = change;
  const added = missingFrom(before, after);
  const removed = missingFrom(after, before);
  if (added.length > 0) {
    requireHeld(access, await stores.access.findPossibleGrants({ type: 'USER_GROUP', id: group.id }));
  }
  await stores.groupMembers.add(group.id, idsOf(added));
  await stores.groupMembers.remove(group.id, idsOf(removed));
  if (removed.length > 0) await requireAnotherAdministrator(stores, now);
  const events = [
    ...membershipEvents('ADD_MEMBERSHIP', group, added),
    ...membershipEvents('REMOVE_MEMBERSHIP', group, removed),
  ];
  return { result: { group, members: after }, events };
}

/** Those of the second list that the first has not. */
function missingFrom(list: readonly Member[], of: readonly Member[]): Member[] {
  const ids = new Set(idsOf(list));
  return of.filter(({ id }) => !ids.has(id));
}

const idsOf = (members: readonly Member[]): string[] => members.map(({ id }) => id);
