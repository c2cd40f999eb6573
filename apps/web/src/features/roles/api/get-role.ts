import { queryOptions, useQuery } from '@tanstack/react-query';
import { roleResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { ROLES_KEY } from './list-roles.ts';

const roleQuery = (identifier: string) =>
  queryOptions({
    queryKey: [...ROLES_KEY, 'one', identifier],
    queryFn: ({ signal }) =>
      apiData({
        path: `/authz/api/roles/${encodeURIComponent(identifier)}`,
        schema: roleResponseSchema,
        signal,
      }),
  });

/** One role of the account, built in or made here. */
export function useRole(identifier: string) {
  return useQuery(roleQuery(identifier));
}
