import { queryOptions, useQuery } from '@tanstack/react-query';
import { userGroupSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { GROUPS_KEY } from './list-groups.ts';

const groupQuery = (identifier: string) =>
  queryOptions({
    queryKey: [...GROUPS_KEY, 'one', identifier],
    queryFn: ({ signal }) =>
      apiData({ path: `/ng/api/user-groups/${encodeURIComponent(identifier)}`, schema: userGroupSchema, signal }),
  });

/** One user group of the account. */
export function useGroup(identifier: string) {
  return useQuery(groupQuery(identifier));
}
