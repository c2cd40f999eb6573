import { useQueryClient } from '@tanstack/react-query';
import { endedSessionsSchema, type PasswordChange } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { SESSIONS_KEY } from './list-sessions.ts';

/** Sets another password. @returns how many other sessions ended by it. */
export function useChangePassword(): (change: PasswordChange) => Promise<number> {
  const queryClient = useQueryClient();
  return async (body) => {
    const call = { method: 'POST', path: '/api/auth/password' } as const;
    const { endedSessions } = await apiRequest({ ...call, body, schema: endedSessionsSchema });
    await queryClient.invalidateQueries({ queryKey: SESSIONS_KEY });
    return endedSessions;
  };
}
