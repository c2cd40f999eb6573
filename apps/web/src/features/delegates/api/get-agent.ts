import { useQuery } from '@tanstack/react-query';
import { delegateAgentSchema, restResponseOf } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

/** The agent that this server gives out; an error where it is not built. */
export function useAgent() {
  return useQuery({
    queryKey: ['delegate-agent'],
    queryFn: ({ signal }) =>
      apiRequest({ path: '/api/delegates/agent', schema: restResponseOf(delegateAgentSchema), signal }),
    select: ({ resource }) => resource,
    retry: false,
  });
}
