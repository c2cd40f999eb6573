import { useQuery } from '@tanstack/react-query';
import { delegateGroupSchema, restResponseOf } from '@wardline/contracts';
import { z } from 'zod';
import { apiRequest } from '../../../lib/api.ts';

const delegatesSchema = restResponseOf(z.object({ delegateGroupDetails: z.array(delegateGroupSchema) }));

/** The delegates that can serve this account, asked for again every five seconds. */
export function useDelegates() {
  return useQuery({
    queryKey: ['delegates'],
    queryFn: ({ signal }) =>
      apiRequest({ path: '/api/setup/delegates/v2/up-the-hierarchy', schema: delegatesSchema, signal }),
    select: ({ resource }) => resource.delegateGroupDetails,
    refetchInterval: 5_000,
  });
}
