import { queryOptions, useQuery } from '@tanstack/react-query';
import { userSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { USERS_KEY } from './list-users.ts';

const userQuery = (id: string) =>
  queryOptions({
    queryKey: [...USERS_KEY, 'one', id],
    queryFn: ({ signal }) => apiRequest({ path: `/api/users/${encodeURIComponent(id)}`, schema: userSchema, signal }),
  });

/** One user, by the id that the server gave them. */
export function useUser(id: string) {
  return useQuery(userQuery(id));
}
