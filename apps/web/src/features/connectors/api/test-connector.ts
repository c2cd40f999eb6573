import { useMutation, useQueryClient } from '@tanstack/react-query';
import { testResultSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

/** Tests a stored connector and waits for the whole answer; a failed connection is an answer, not an error. */
export function useTestConnector() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (identifier: string) =>
      apiData({
        method: 'POST',
        path: `/ng/api/connectors/testConnection/${encodeURIComponent(identifier)}`,
        schema: testResultSchema,
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['connectors'] }),
  });
}
