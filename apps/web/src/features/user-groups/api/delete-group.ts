import { userGroupSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { WHO_AM_I_KEY } from '../../../lib/query-client.ts';
import { useChange } from '../../../lib/use-change.ts';
import { GROUPS_KEY } from './list-groups.ts';

const deleteGroup = (identifier: string) =>
  apiData({
    method: 'DELETE',
    path: `/ng/api/user-groups/${encodeURIComponent(identifier)}`,
    schema: userGroupSchema,
  });

/** Deletes a group and takes its roles from its members. */
export function useDeleteGroup() {
  return useChange(deleteGroup, [...GROUPS_KEY, 'list'], ['role-assignments'], WHO_AM_I_KEY);
}
