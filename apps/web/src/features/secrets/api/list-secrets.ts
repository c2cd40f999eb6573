import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { pageOf, type SecretFilter, secretResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

const PAGE_SIZE = 6;

/** One page of the text secrets in the Built-in Secret Manager, found by name or ID. */
export function useBuiltInSecrets(searchTerm: string, pageIndex: number) {
  const filter: SecretFilter = {
    searchTerm: searchTerm.trim() || null,
    secretTypes: ['SecretText'],
    sourceCategory: 'SECRET_MANAGER',
  };
  return useQuery({
    queryKey: ['secrets', 'list', filter, pageIndex],
    queryFn: ({ signal }) =>
      apiData({
        method: 'POST',
        path: '/ng/api/v2/secrets/list',
        query: { pageIndex, pageSize: PAGE_SIZE },
        body: filter,
        schema: pageOf(secretResponseSchema),
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}
