import { userGroupSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { WHO_AM_I_KEY } from '../../../lib/query-client.ts';
import { useChange } from '../../../lib/use-change.ts';
import { GROUPS_KEY } from './list-groups.ts';

const changeMember = (group: string, userId: string, to: 'member' | 'none') =>
  apiData({
    method: to === 'member' ? 'PUT' : 'DELETE',
    path: `/ng/api/user-groups/${encodeURIComponent(group)}/member/${encodeURIComponent(userId)}`,
    schema: userGroupSchema,
  });

/** Lets a user into a group or takes them out, maybe oneself. */
export function useChangeMember() {
  return useChange(changeMember, GROUPS_KEY, WHO_AM_I_KEY);
}
