import { useQuery } from '@tanstack/react-query';
import { delegateRefusalSchema, restResponseOf } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

const refusalsSchema = restResponseOf(delegateRefusalSchema.array());

/**
 * Delegates that were not let in lately, the newest first.
 * @param everyMs how often they are asked for again; by default every ten seconds.
 */
export function useRefusals(everyMs = 10_000) {
  return useQuery({
    queryKey: ['delegate-refusals'],
    queryFn: ({ signal }) => apiRequest({ path: '/api/delegates/refusals', schema: refusalsSchema, signal }),
    select: ({ resource }) => resource,
    refetchInterval: everyMs,
  });
}
