import type { Deps } from '../app.ts';
import type { ListQuery } from '../db/list-rows.ts';
import type { GroupWithMembers } from './user-group.ts';

/** Some groups of some scopes, with their members. */
export async function listGroups({ storage }: Pick<Deps, 'storage'>, query: ListQuery) {
  const { rows, ...rest } = await storage.userGroups.list(query);
  const members = await storage.groupMembers.ofGroups(rows.map(({ id }) => id));
  const withMembers = rows.map((group): GroupWithMembers => ({ group, members: members.get(group.id) ?? [] }));
  return { ...rest, rows: withMembers };
}
