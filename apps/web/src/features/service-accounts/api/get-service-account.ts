import { queryOptions, useQuery } from '@tanstack/react-query';
import { serviceAccountAggregateSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { SERVICE_ACCOUNTS_KEY } from './list-service-accounts.ts';

const serviceAccountQuery = (identifier: string) =>
  queryOptions({
    queryKey: [...SERVICE_ACCOUNTS_KEY, 'one', identifier],
    queryFn: ({ signal }) =>
      apiData({
        path: `/ng/api/serviceaccount/aggregate/${encodeURIComponent(identifier)}`,
        schema: serviceAccountAggregateSchema,
        signal,
      }),
  });

/** One service account of the account level. */
export function useServiceAccount(identifier: string) {
  return useQuery(serviceAccountQuery(identifier));
}
