import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { groupMemberSchema, pageOf } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { PAGE_SIZE } from '../../../lib/paged-search.ts';
import { GROUPS_KEY } from './list-groups.ts';

const membersQuery = (identifier: string, page: number) =>
  queryOptions({
    queryKey: [...GROUPS_KEY, 'members', identifier, page],
    queryFn: ({ signal }) =>
      apiData({
        method: 'POST',
        path: `/ng/api/user-groups/${encodeURIComponent(identifier)}/users`,
        query: { pageIndex: page - 1, pageSize: PAGE_SIZE },
        body: {},
        schema: pageOf(groupMemberSchema),
        signal,
      }),
  });

/** One page of the members of a group by e-mail address. @param page from 1 */
export function useMembers(identifier: string, page: number) {
  return useQuery({ ...membersQuery(identifier, page), placeholderData: keepPreviousData });
}
