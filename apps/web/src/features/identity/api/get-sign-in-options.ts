import { queryOptions, useQuery } from '@tanstack/react-query';
import { signInOptionsSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: ({ signal }) =>
    apiRequest({ path: '/api/auth/options', schema: signInOptionsSchema, signal, anonymous: true }),
});

/** How one can sign in here, and whether there is anybody yet who could. */
export function useSignInOptions() {
  return useQuery(signInOptionsQuery);
}
