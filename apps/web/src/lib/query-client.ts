import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './api-failure.ts';

const MAX_RETRIES = 2;

/** Only what may pass by itself is tried again: a server that is away or starting. A refusal is an answer. */
function isPassing(error: Error): boolean {
  return error instanceof ApiFailure && (error.status === 0 || error.status === 503) && !error.body;
}

/** What `GET /api/whoami` is kept under. */
export const WHO_AM_I_KEY = ['who-am-i'] as const;

/**
 * The client of all server state. Answers are fresh for five seconds, so that a page change does not ask again.
 * Calls go out also where the browser believes itself offline: the server may well be on the same machine.
 */
export function createQueryClient(): QueryClient {
  // Refused for want of a right that the console thought to be there: rights have changed, so they are asked for again.
  const onError = (error: Error): void => {
    if (error instanceof ApiFailure && error.missingRights.length > 0) {
      void client.invalidateQueries({ queryKey: WHO_AM_I_KEY });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 5_000,
        retry: (count, error) => count < MAX_RETRIES && isPassing(error),
        retryDelay: (attempt) => 400 * 2 ** attempt,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}
