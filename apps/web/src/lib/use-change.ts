import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { ApiFailure } from './api.ts';
import { WHO_AM_I_KEY } from './query-client.ts';

/**
 * A call that changes something; afterwards what is kept under the keys is asked for again, also when it was refused,
 * since then something is not as it was thought to be. What the call answers is kept nowhere: it may be shown once only.
 */
export function useChange<A extends readonly unknown[], R>(
  call: (...args: A) => Promise<R>,
  ...keys: readonly QueryKey[]
): (...args: A) => Promise<R> {
  const queryClient = useQueryClient();
  const renew = (queryKey: QueryKey) => queryClient.invalidateQueries({ queryKey });
  return async (...args) => {
    try {
      return await call(...args);
    } catch (error) {
      if (error instanceof ApiFailure && error.missingRights.length > 0) await renew(WHO_AM_I_KEY);
      throw error;
    } finally {
      await Promise.all(keys.map(renew));
    }
  };
}
