import { invitedUserSchema, type UserInvitation } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { USERS_KEY } from './list-users.ts';

const inviteUser = (body: UserInvitation) =>
  apiRequest({ method: 'POST', path: '/api/users', body, schema: invitedUserSchema });

/** Makes a user and the link that lets them in, which the server tells this once. */
export function useInviteUser() {
  return useChange(inviteUser, USERS_KEY, ['role-assignments']);
}
