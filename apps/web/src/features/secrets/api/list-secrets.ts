import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { pageOf, type SecretFilter, secretResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { pageQuery } from '../../../lib/paged-search.ts';
import type { SecretsSearch } from '../secrets-search.ts';

/** What everything known of secrets is kept under; never a value. */
export const SECRETS_KEY = ['secrets'] as const;

interface ListQuery {
  readonly pageIndex: number;
  readonly pageSize: number;
  readonly sortOrders?: string | undefined;
}

function useSecretsPage(filter: SecretFilter, query: ListQuery) {
  return useQuery({
    queryKey: [...SECRETS_KEY, 'list', filter, query],
    queryFn: ({ signal }) =>
      apiData({
        method: 'POST',
        path: '/ng/api/v2/secrets/list',
        query: { ...query },
        body: filter,
        schema: pageOf(secretResponseSchema),
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

const CHOICES = 6;

/** One page of the text secrets in the Built-in Secret Manager, found by name or ID. */
export function useBuiltInSecrets(searchTerm: string, pageIndex: number) {
  const filter: SecretFilter = {
    searchTerm: searchTerm.trim() || null,
    secretTypes: ['SecretText'],
    sourceCategory: 'SECRET_MANAGER',
  };
  return useSecretsPage(filter, { pageIndex, pageSize: CHOICES });
}

/** One page of the account's secrets, as the list's URL asks for it. */
export function useSecrets({ type, manager, proof, sort, ...paged }: SecretsSearch) {
  const { searchTerm, ...query } = pageQuery(paged);
  const filter: SecretFilter = {
    ...(searchTerm !== undefined && { searchTerm }),
    ...(type && { secretTypes: [type] }),
    ...(manager && { secretManagerIdentifiers: [manager] }),
    ...(proof && { proofStates: [proof] }),
  };
  return useSecretsPage(filter, { ...query, sortOrders: sort });
}
