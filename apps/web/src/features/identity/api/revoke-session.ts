import { useMutation, useQueryClient } from '@tanstack/react-query';
import { endedSessionsSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { SESSIONS_KEY } from './list-sessions.ts';

/** Ends one of one's own sessions. */
export function useRevokeSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      apiRequest({
        method: 'DELETE',
        path: `/api/auth/sessions/${encodeURIComponent(id)}`,
        schema: endedSessionsSchema,
      }),
    // Also after a refusal: the session may have ended by itself.
    onSettled: () => queryClient.invalidateQueries({ queryKey: SESSIONS_KEY }),
  });
}
