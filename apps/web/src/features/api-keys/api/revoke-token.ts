import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Token } from '@wardline/contracts';
import { z } from 'zod';
import { apiData } from '../../../lib/api.ts';
import { type KeyOwner, tokensKey } from './list-tokens.ts';

/** Ends a token: whatever sends it is refused from now on. */
export function useRevokeToken(owner: KeyOwner) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ identifier, apiKeyIdentifier }: Pick<Token, 'identifier' | 'apiKeyIdentifier'>) =>
      apiData({
        method: 'DELETE',
        path: `/ng/api/token/${encodeURIComponent(identifier)}`,
        query: { ...owner, apiKeyIdentifier },
        schema: z.boolean(),
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: tokensKey(owner) }),
  });
}
