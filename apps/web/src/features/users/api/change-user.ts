import { type User, type UserChange, userSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { USERS_KEY } from './list-users.ts';

const changeUser = ({ id }: Pick<User, 'id'>, body: UserChange) =>
  apiRequest({ method: 'PUT', path: `/api/users/${encodeURIComponent(id)}`, body, schema: userSchema });

/** Renames, locks or unlocks a user. */
export function useChangeUser() {
  return useChange(changeUser, USERS_KEY);
}
