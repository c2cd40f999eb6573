import { useQuery } from '@tanstack/react-query';
import { delegateTokenDetailsSchema, restResponseOf } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

export const DELEGATE_TOKENS_KEY = ['delegate-tokens'] as const;
export const DELEGATE_TOKENS_PATH = '/ng/api/delegate-token-ng';

/** The tokens that delegates connect with, the newest first; without their values, since each reading of one is on record. */
export function useDelegateTokens() {
  return useQuery({
    queryKey: DELEGATE_TOKENS_KEY,
    queryFn: ({ signal }) =>
      apiRequest({
        path: DELEGATE_TOKENS_PATH,
        query: { withoutValues: 'true' },
        schema: restResponseOf(delegateTokenDetailsSchema.array()),
        signal,
      }),
    select: ({ resource }) => resource,
    // How many delegates each token has changes by itself.
    refetchInterval: 10_000,
  });
}
