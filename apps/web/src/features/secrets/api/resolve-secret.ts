import { resolveResponseSchema } from '@wardline/contracts';
import { ApiFailure, apiRequest } from '../../../lib/api.ts';

/**
 * The value of a secret. For whoever asked, and kept by nobody else: no query, no mutation, no cache.
 * @throws ApiFailure where it can't be read, with the finding where a key could not be used.
 */
export async function resolveSecret(reference: string, signal: AbortSignal): Promise<string> {
  const { resolved } = await apiRequest({
    method: 'POST',
    path: '/api/secrets/resolve',
    body: { references: [reference] },
    schema: resolveResponseSchema,
    signal,
  });
  const [answer] = resolved;
  if (answer?.status === 'ok') return answer.value;
  throw new ApiFailure(answer?.error.message ?? 'The server answered nothing about this secret.', {
    status: 200,
    finding: answer?.error.finding,
  });
}
