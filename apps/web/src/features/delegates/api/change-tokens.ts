import { useQueryClient } from '@tanstack/react-query';
import { type DelegateTokenDetails, delegateTokenDetailsSchema, restResponseOf } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { DELEGATES_KEY } from './list-delegates.ts';
import { DELEGATE_TOKENS_KEY, DELEGATE_TOKENS_PATH } from './list-tokens.ts';

const schema = restResponseOf(delegateTokenDetailsSchema);

/** A token to make. */
export interface NewDelegateToken {
  readonly name: string;
  /** Epoch milliseconds; absent for a token that does not end by itself. */
  readonly revokeAfter?: number | undefined;
}

/** Makes a token. */
export function useCreateDelegateToken(): (token: NewDelegateToken) => Promise<DelegateTokenDetails> {
  const queryClient = useQueryClient();
  return async ({ name, revokeAfter }) => {
    const query = { tokenName: name, revokeAfter };
    const { resource } = await apiRequest({ method: 'POST', path: DELEGATE_TOKENS_PATH, query, schema });
    await queryClient.invalidateQueries({ queryKey: DELEGATE_TOKENS_KEY });
    return resource;
  };
}

/** Ends a token: its delegates are disconnected, and come in no more with it. */
export function useRevokeDelegateToken(): (name: string) => Promise<void> {
  const queryClient = useQueryClient();
  return async (name) => {
    try {
      await apiRequest({ method: 'PUT', path: DELEGATE_TOKENS_PATH, query: { tokenName: name }, schema });
    } finally {
      await queryClient.invalidateQueries({ queryKey: DELEGATE_TOKENS_KEY });
      await queryClient.invalidateQueries({ queryKey: DELEGATES_KEY });
    }
  };
}
