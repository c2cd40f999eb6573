import { queryOptions, useQuery } from '@tanstack/react-query';
import { settingsSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

/** What the console knows about its server. It changes only when the server is started anew. */
const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => apiRequest({ path: '/api/settings', schema: settingsSchema, signal }),
  staleTime: 60_000,
});

/** What the server says of itself; undefined until it is known. */
export function useSettings() {
  return useQuery(settingsQuery);
}
