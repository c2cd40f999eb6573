import { queryOptions, useQuery } from '@tanstack/react-query';
import { profileSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

export const profileQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: ({ signal }) => apiRequest({ path: '/api/auth/profile', schema: profileSchema, signal }),
});

/** Oneself, and how one signs in. */
export function useProfile() {
  return useQuery(profileQuery);
}
