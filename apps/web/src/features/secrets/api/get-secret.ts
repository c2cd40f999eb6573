import { queryOptions, useQuery } from '@tanstack/react-query';
import { secretResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { SECRETS_KEY } from './list-secrets.ts';

/** What is known of a secret; its value is never part of it. */
export function secretQuery(identifier: string) {
  return queryOptions({
    queryKey: [...SECRETS_KEY, 'one', identifier],
    queryFn: ({ signal }) =>
      apiData({ path: `/ng/api/v2/secrets/${encodeURIComponent(identifier)}`, schema: secretResponseSchema, signal }),
  });
}

/** A secret without its value, kept up to date. An empty ID asks nothing. */
export function useSecret(identifier: string) {
  return useQuery({ ...secretQuery(identifier), enabled: identifier !== '' });
}
