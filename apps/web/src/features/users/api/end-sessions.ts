import { endedSessionsSchema, type User } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';

const endSessions = ({ id }: Pick<User, 'id'>) =>
  apiRequest({ method: 'DELETE', path: `/api/users/${encodeURIComponent(id)}/sessions`, schema: endedSessionsSchema });

/** Signs a user out everywhere. */
export function useEndSessions() {
  return useChange(endSessions);
}
