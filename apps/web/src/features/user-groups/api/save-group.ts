import { type UserGroupInput, userGroupSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { GROUPS_KEY } from './list-groups.ts';

type Group = Pick<UserGroupInput, 'identifier' | 'name' | 'description'>;

/** A change replaces all of a group, so that what the form does not show is asked for first, and sent back. */
async function saveGroup(group: Group, is: 'new' | 'changed') {
  const path = '/ng/api/user-groups';
  if (is === 'new') return apiData({ method: 'POST', path, body: group, schema: userGroupSchema });
  const { users, tags } = await apiData({
    path: `${path}/${encodeURIComponent(group.identifier)}`,
    schema: userGroupSchema,
  });
  return apiData({ method: 'PUT', path, body: { ...group, users, tags }, schema: userGroupSchema });
}

/** Makes a group without members, or changes what one is called. */
export function useSaveGroup() {
  return useChange(saveGroup, GROUPS_KEY, ['role-assignments']);
}
