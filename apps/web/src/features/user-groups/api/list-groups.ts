import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { pageOf, userGroupSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { pageQuery } from '../../../lib/paged-search.ts';
import type { PagedSearch } from '../../../lib/paged-search-schema.ts';

/** What is known of user groups is kept under this. */
export const GROUPS_KEY = ['user-groups'] as const;

const groupsQuery = (search: PagedSearch) =>
  queryOptions({
    queryKey: [...GROUPS_KEY, 'list', search],
    queryFn: ({ signal }) =>
      apiData({
        path: '/ng/api/user-groups',
        query: { ...pageQuery(search), sortOrders: 'name,ASC' },
        schema: pageOf(userGroupSchema),
        signal,
      }),
  });

/** One page of the user groups of the account by name. */
export function useGroups(search: PagedSearch) {
  return useQuery({ ...groupsQuery(search), placeholderData: keepPreviousData });
}
