import { type DelegateTokenDetails, delegateTokenDetailsSchema, restResponseOf } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { useMay } from '../../identity/use-may.ts';
import { DELEGATE_TOKENS_PATH } from './list-tokens.ts';

/** A token with its value, as it is handed to a delegate. */
type ReadDelegateToken = DelegateTokenDetails & { readonly value: string };

const schema = restResponseOf(delegateTokenDetailsSchema.array());

/**
 * Reads the value of one token, which puts that on record. It is kept nowhere here.
 * @throws ApiFailure; Error where the token has no value any more, or none for whoever asks.
 */
export async function readDelegateToken(name: string): Promise<ReadDelegateToken> {
  const { resource } = await apiRequest({ path: DELEGATE_TOKENS_PATH, query: { name }, schema });
  const [token] = resource;
  if (token?.value) return { ...token, value: token.value };
  throw new Error(`The value of “${name}” is not shown: the token was revoked, or you lack the right to see it.`);
}

/** Whether one may see the values of tokens: whoever could make one may. */
export function useMayReadTokens(): boolean {
  const mayEdit = useMay('core_delegate_edit');
  const mayAccess = useMay('core_secret_access');
  return mayEdit && mayAccess;
}
