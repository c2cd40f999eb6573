import { queryOptions, useQuery } from '@tanstack/react-query';
import { userGroupSchema } from '@wardline/contracts';
import { z } from 'zod';
import { apiData } from '../../../lib/api.ts';
import { GROUPS_KEY } from './list-groups.ts';

const groupsOfUserQuery = (userId: string) =>
  queryOptions({
    queryKey: [...GROUPS_KEY, 'of user', userId],
    queryFn: ({ signal }) =>
      apiData({
        method: 'POST',
        path: '/ng/api/user-groups/batch',
        body: { userIdentifierFilter: [userId] },
        schema: z.array(userGroupSchema),
        signal,
      }),
  });

/** The groups of the account that a user is in, by name. */
export function useGroupsOfUser(userId: string) {
  return useQuery(groupsOfUserQuery(userId));
}
