import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { pageOf, serviceAccountAggregateSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { pageQuery } from '../../../lib/paged-search.ts';
import type { PagedSearch } from '../../../lib/paged-search-schema.ts';

/** What is known of service accounts is kept under this. */
export const SERVICE_ACCOUNTS_KEY = ['service-accounts'] as const;

const serviceAccountsQuery = (search: PagedSearch) =>
  queryOptions({
    queryKey: [...SERVICE_ACCOUNTS_KEY, 'list', search],
    queryFn: ({ signal }) =>
      apiData({
        path: '/ng/api/serviceaccount/aggregate',
        query: { ...pageQuery(search), sortOrders: 'name,ASC' },
        schema: pageOf(serviceAccountAggregateSchema),
        signal,
      }),
  });

/** One page of the service accounts of the account by name, with their roles and how many tokens they have. */
export function useServiceAccounts(search: PagedSearch) {
  return useQuery({ ...serviceAccountsQuery(search), placeholderData: keepPreviousData });
}
