import { queryOptions, useQuery } from '@tanstack/react-query';
import { whoAmISchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { WHO_AM_I_KEY } from '../../../lib/query-client.ts';

/** Who uses the console and what they may do. Asked once, and again when rights turn out to have changed. */
export const whoAmIQuery = queryOptions({
  queryKey: WHO_AM_I_KEY,
  queryFn: ({ signal }) => apiRequest({ path: '/api/whoami', schema: whoAmISchema, signal, anonymous: true }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Who is signed in; undefined until it is known, an `ApiFailure` that `isSignedOut` where nobody is. */
export function useWhoAmI() {
  return useQuery({ ...whoAmIQuery, retryOnMount: false });
}
