import { useQuery } from '@tanstack/react-query';
import { rewrapSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { POLL_MS, REWRAPS_KEY } from './list-rewraps.ts';

/** One rewrap and how far it is; looked at again every second while it runs. */
export function useRewrap(id: string) {
  return useQuery({
    queryKey: [...REWRAPS_KEY, 'one', id],
    queryFn: ({ signal }) =>
      apiRequest({ path: `/api/secrets/rewraps/${encodeURIComponent(id)}`, schema: rewrapSchema, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL_MS : false),
  });
}
