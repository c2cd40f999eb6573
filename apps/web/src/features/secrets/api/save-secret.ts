import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { BUILT_IN_SECRET_MANAGER, type SecretRequest, secretResponseSchema, type Tags } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { secretQuery } from './get-secret.ts';
import { SECRETS_KEY } from './list-secrets.ts';

/** A text secret with its value, on its way to the server and nowhere else. */
export interface TextSecret {
  readonly name: string;
  readonly identifier: string;
  readonly description: string;
  readonly tags: Tags;
  /** Reference of the secret manager; the built-in one where there is none. */
  readonly manager?: string;
  /** Absent to keep the stored one. */
  readonly value?: string;
  /** What a change was made from; see {@link useGuarded}. */
  readonly ifMatch?: string;
}

function requestOf({ value, manager = BUILT_IN_SECRET_MANAGER, ifMatch: _, ...secret }: TextSecret): SecretRequest {
  const spec = { secretManagerIdentifier: manager, valueType: 'Inline', value } as const;
  return { ...secret, type: 'SecretText', spec };
}

/**
 * Stores a new secret, or with `replace` changes an existing one. What connectors keep must be readable at every moment: for
 * a person there is a way that has none in which it is not.
 */
export async function saveSecret(queryClient: QueryClient, secret: TextSecret, how: 'create' | 'replace') {
  const path = '/ng/api/v2/secrets';
  const response = await apiData({
    ...(how === 'create'
      ? { method: 'POST', path }
      : { method: 'PUT', path: `${path}/${encodeURIComponent(secret.identifier)}`, query: { requireProof: true } }),
    body: { secret: requestOf(secret) },
    ifMatch: secret.ifMatch,
    schema: secretResponseSchema,
  });
  await renewSecrets(queryClient, secret.identifier);
  queryClient.setQueryData(secretQuery(secret.identifier).queryKey, response);
  return response;
}

/** What is known of secrets is asked for again where it is on screen, except the one whose change was just answered. */
export function renewSecrets(queryClient: QueryClient, changed: string): Promise<void> {
  return queryClient.invalidateQueries({
    queryKey: SECRETS_KEY,
    predicate: ({ queryKey }) => !(queryKey[1] === 'one' && queryKey[2] === changed),
    refetchType: 'active',
  });
}

/** `gcTime` 0: a finished call is forgotten at once, and with it the value that it carried. */
export function useSaveSecret(how: 'create' | 'replace') {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: (secret: TextSecret) => saveSecret(queryClient, secret, how), gcTime: 0 });
}
