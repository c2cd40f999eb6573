import type { Kysely } from 'kysely';
import type { Tables } from '../db/schema.ts';
import type { Member } from './user-group.ts';

const COLUMNS = ['users.id', 'users.email', 'users.name', 'users.disabled'] as const;

function toMember(row: { id: string; email: string; name: string; disabled: 0 | 1 }): Member {
  const { id, email, name, disabled } = row;
  return { id, email, name, disabled: disabled === 1 };
}

/** The queries on who is in which group. */
export function groupMemberStore(db: Kysely<Tables>) {
  return {
    /** The members of groups, by e-mail address, under the ids of the groups; a group without any is left out. */
    async ofGroups(groupIds: readonly string[]): Promise<ReadonlyMap<string, Member[]>> {
      if (groupIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('user_group_members as membership')
        .innerJoin('users', 'users.id', 'membership.user_id')
        .select([...COLUMNS, 'membership.group_id'])
        .where('membership.group_id', 'in', groupIds)
        .orderBy('users.email')
        .execute();
      const members = new Map<string, Member[]>();
      for (const { group_id, ...row } of rows) {
        const known = members.get(group_id);
        if (known) known.push(toMember(row));
        else members.set(group_id, [toMember(row)]);
      }
      return members;
    },

    /** Users by their ids or e-mail addresses, in no order; unknown ones are left out. */
    async findUsers(by: 'id' | 'email', values: readonly string[]): Promise<Member[]> {
      if (values.length === 0) return [];
      const rows = await db.selectFrom('users').select(COLUMNS).where(by, 'in', values).execute();
      return rows.map(toMember);
    },

    async add(groupId: string, userIds: readonly string[]): Promise<void> {
      if (userIds.length === 0) return;
      const rows = userIds.map((user_id) => ({ group_id: groupId, user_id }));
      await db.insertInto('user_group_members').values(rows).execute();
    },

    async remove(groupId: string, userIds: readonly string[]): Promise<void> {
      if (userIds.length === 0) return;
      await db
        .deleteFrom('user_group_members')
        .where('group_id', '=', groupId)
        .where('user_id', 'in', userIds)
        .execute();
    },
  };
}
