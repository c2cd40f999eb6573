import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { BUILT_IN_SECRET_MANAGER, type SecretRequest, secretResponseSchema, type Tags } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { secretQuery } from './get-secret.ts';

/** A text secret with its value, on its way to the server and nowhere else. */
export interface TextSecret {
  readonly name: string;
  readonly identifier: string;
  readonly description: string;
  readonly tags: Tags;
  readonly value: string;
}

function requestOf({ value, ...secret }: TextSecret): SecretRequest {
  const spec = { secretManagerIdentifier: BUILT_IN_SECRET_MANAGER, valueType: 'Inline', value } as const;
  return { ...secret, type: 'SecretText', spec };
}

/** Stores a new secret in the Built-in Secret Manager, or with `replace` gives an existing one a new value. */
export async function saveSecret(queryClient: QueryClient, secret: TextSecret, how: 'create' | 'replace') {
  const path = '/ng/api/v2/secrets';
  const response = await apiData({
    ...(how === 'create'
      ? { method: 'POST', path }
      : { method: 'PUT', path: `${path}/${encodeURIComponent(secret.identifier)}` }),
    body: { secret: requestOf(secret) },
    schema: secretResponseSchema,
  });
  queryClient.setQueryData(secretQuery(secret.identifier).queryKey, response);
  void queryClient.invalidateQueries({ queryKey: ['secrets', 'list'] });
  return response;
}

/** `gcTime` 0: a finished call is forgotten at once, and with it the value that it carried. */
export function useSaveSecret(how: 'create' | 'replace') {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: (secret: TextSecret) => saveSecret(queryClient, secret, how), gcTime: 0 });
}
