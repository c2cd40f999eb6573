import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { pageOf, roleResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { pageQuery } from '../../../lib/paged-search.ts';
import type { PagedSearch } from '../../../lib/paged-search-schema.ts';

/** What is known of roles is kept under this. */
export const ROLES_KEY = ['roles'] as const;

/** The most roles that a choice offers; more than people make. */
const CHOICE_SIZE = 100;

const list = (query: Readonly<Record<string, string | number | undefined>>, signal: AbortSignal) =>
  apiData({ path: '/authz/api/roles', query, schema: pageOf(roleResponseSchema), signal });

const rolesQuery = (search: PagedSearch) =>
  queryOptions({
    queryKey: [...ROLES_KEY, 'list', search],
    queryFn: ({ signal }) => list(pageQuery(search), signal),
  });

/** One page of the roles of the account, the built-in ones first. */
export function useRoles(search: PagedSearch) {
  return useQuery({ ...rolesQuery(search), placeholderData: keepPreviousData });
}

const roleChoicesQuery = queryOptions({
  queryKey: [...ROLES_KEY, 'choices'],
  queryFn: async ({ signal }) => (await list({ pageSize: CHOICE_SIZE, sortOrders: 'name,ASC' }, signal)).content,
});

/** The roles of the account to choose from. */
export function useRoleChoices() {
  return useQuery(roleChoicesQuery);
}
