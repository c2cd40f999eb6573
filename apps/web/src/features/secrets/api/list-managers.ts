import { queryOptions, useQuery } from '@tanstack/react-query';
import { secretManagersResponseSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { SECRETS_KEY } from './list-secrets.ts';

const managersQuery = queryOptions({
  queryKey: [...SECRETS_KEY, 'managers'],
  queryFn: ({ signal }) => apiRequest({ path: '/api/secrets/managers', schema: secretManagersResponseSchema, signal }),
});

/** The secret managers that the account can choose, and how the secrets in each of them are. */
export function useManagers() {
  return useQuery(managersQuery);
}
