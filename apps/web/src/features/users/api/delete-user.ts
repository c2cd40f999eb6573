import type { User } from '@wardline/contracts';
import { z } from 'zod';
import { apiRequest } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { USERS_KEY } from './list-users.ts';

const deleteUser = ({ id }: Pick<User, 'id'>) =>
  apiRequest({ method: 'DELETE', path: `/api/users/${encodeURIComponent(id)}`, schema: z.object({}) });

/** Deletes a user with everything that is theirs. */
export function useDeleteUser() {
  return useChange(deleteUser, [...USERS_KEY, 'list'], ['user-groups'], ['role-assignments']);
}
