import { useQuery } from '@tanstack/react-query';
import { delegateGroupSchema, restResponseOf } from '@wardline/contracts';
import { z } from 'zod';
import { apiRequest } from '../../../lib/api.ts';

const delegatesSchema = restResponseOf(z.object({ delegateGroupDetails: z.array(delegateGroupSchema) }));

export const DELEGATES_KEY = ['delegates'] as const;

/**
 * The delegates that can serve this account.
 * @param everyMs how often they are asked for again; by default every five seconds.
 */
export function useDelegates(everyMs = 5_000) {
  return useQuery({
    queryKey: DELEGATES_KEY,
    queryFn: ({ signal }) =>
      apiRequest({ path: '/api/setup/delegates/v2/up-the-hierarchy', schema: delegatesSchema, signal }),
    select: ({ resource }) => resource.delegateGroupDetails,
    refetchInterval: everyMs,
  });
}
