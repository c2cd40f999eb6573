import { queryOptions, useQuery } from '@tanstack/react-query';
import { linkCheckSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

/** The key holds no token: keys show in tools and logs. Another token is another mount. */
const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['one-time-link'],
    queryFn: ({ signal }) =>
      apiRequest({
        method: 'POST',
        path: '/api/auth/links/check',
        body: { token },
        schema: linkCheckSchema,
        signal,
        anonymous: true,
      }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

/** What a one-time link is for, and whom. */
export function useLinkCheck(token: string) {
  return useQuery(linkQuery(token));
}
