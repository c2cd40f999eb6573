import { type User, userLinkSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { USERS_KEY } from './list-users.ts';

/** What a link is for. */
export type GivenLink = 'invitation' | 'password-reset';

const giveLink = ({ id }: Pick<User, 'id'>, purpose: GivenLink) =>
  apiRequest({ method: 'POST', path: `/api/users/${encodeURIComponent(id)}/${purpose}`, schema: userLinkSchema });

/** Makes a link that lets a user in once; the server tells it this once, and the one before opens nothing any more. */
export function useGiveLink() {
  return useChange(giveLink, USERS_KEY);
}
