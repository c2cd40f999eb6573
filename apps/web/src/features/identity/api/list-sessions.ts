import { queryOptions, useQuery } from '@tanstack/react-query';
import { sessionsSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

export const SESSIONS_KEY = ['sessions'] as const;

const sessionsQuery = queryOptions({
  queryKey: SESSIONS_KEY,
  queryFn: ({ signal }) => apiRequest({ path: '/api/auth/sessions', schema: sessionsSchema, signal }),
});

/** Where one is signed in, the newest session first. */
export function useSessions() {
  return useQuery(sessionsQuery);
}
