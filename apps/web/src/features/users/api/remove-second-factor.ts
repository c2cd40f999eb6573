import type { User } from '@wardline/contracts';
import { z } from 'zod';
import { apiRequest } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { USERS_KEY } from './list-users.ts';

const removeSecondFactor = ({ id }: Pick<User, 'id'>) =>
  apiRequest({
    method: 'DELETE',
    path: `/api/users/${encodeURIComponent(id)}/second-factor`,
    schema: z.object({}),
  });

/** For someone who has lost the device: the password alone lets them in again. */
export function useRemoveSecondFactor() {
  return useChange(removeSecondFactor, USERS_KEY);
}
