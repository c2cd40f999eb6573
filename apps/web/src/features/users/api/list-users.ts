import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { pageOf, type User, userAggregateSchema, userSchema } from '@wardline/contracts';
import { apiData, apiRequest } from '../../../lib/api.ts';
import { pageQuery } from '../../../lib/paged-search.ts';
import type { PagedSearch } from '../../../lib/paged-search-schema.ts';

/** What lists of users are kept under. */
export const USERS_KEY = ['users'] as const;

/** A user with the roles that they have at the account level themselves, not by a group. */
export interface ListedUser extends User {
  readonly roles: readonly { readonly identifier: string; readonly name: string }[];
}

async function listUsers(search: PagedSearch, signal: AbortSignal) {
  const query = pageQuery(search);
  const [users, withRoles] = await Promise.all([
    apiRequest({ path: '/api/users', query, schema: pageOf(userSchema), signal }),
    apiData({
      method: 'POST',
      path: '/ng/api/user/aggregate',
      query,
      body: {},
      schema: pageOf(userAggregateSchema),
      signal,
    }),
  ]);
  const rolesOf = ({ id }: User) =>
    withRoles.content.find(({ user }) => user.uuid === id)?.roleAssignmentMetadata.map(toRole) ?? [];
  return { ...users, content: users.content.map((user): ListedUser => ({ ...user, roles: rolesOf(user) })) };
}

const toRole = ({ roleIdentifier, roleName }: { roleIdentifier: string; roleName: string }) => ({
  identifier: roleIdentifier,
  name: roleName,
});

const usersQuery = (search: PagedSearch) =>
  queryOptions({ queryKey: [...USERS_KEY, 'list', search], queryFn: ({ signal }) => listUsers(search, signal) });

/** One page of users by name; the page before stays on screen while the next one is on its way. */
export function useUsers(search: PagedSearch) {
  return useQuery({ ...usersQuery(search), placeholderData: keepPreviousData });
}
