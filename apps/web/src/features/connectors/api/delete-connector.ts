import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { apiData } from '../../../lib/api.ts';

/** Deletes a connector. The server refuses while anything uses it, and lists who does. */
export function useDeleteConnector() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (identifier: string) =>
      apiData({
        method: 'DELETE',
        path: `/ng/api/connectors/${encodeURIComponent(identifier)}`,
        schema: z.boolean(),
      }),
    onSuccess: async (_, identifier) => {
      queryClient.removeQueries({ queryKey: ['connectors', 'one', identifier] });
      await queryClient.invalidateQueries({ queryKey: ['connectors', 'list'] });
      await queryClient.invalidateQueries({ queryKey: ['connectors', 'stats'] });
    },
  });
}
