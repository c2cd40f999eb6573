import { useMutation, useQueryClient } from '@tanstack/react-query';
import { delegateRemovalSchema, restResponseOf } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { DELEGATES_KEY } from './list-delegates.ts';

/** Takes what is not connected of a delegate off the list. */
export function useRemoveDelegate() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      apiRequest({
        method: 'DELETE',
        path: `/api/delegates/${encodeURIComponent(name)}`,
        schema: restResponseOf(delegateRemovalSchema),
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: DELEGATES_KEY }),
  });
}
