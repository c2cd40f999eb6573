import { useQueryClient } from '@tanstack/react-query';
import type { SecretResponse } from '@wardline/contracts';
import { useState } from 'react';
import { ApiFailure } from '../../lib/api.ts';
import { secretQuery } from './api/get-secret.ts';

/**
 * Runs a change of a secret from what it was when the form was opened. Where somebody else has changed it since, the
 * change is refused and what was typed stays; sent again, it replaces what is there now, of which one then knows.
 */
export function useGuarded({ secret: { identifier }, updatedAt }: SecretResponse) {
  const queryClient = useQueryClient();
  const [readAt, setReadAt] = useState(updatedAt);
  return async <T>(change: (ifMatch: string) => Promise<T>): Promise<T> => {
    try {
      return await change(String(readAt));
    } catch (error) {
      if (error instanceof ApiFailure && error.isStale) {
        const now = await queryClient.fetchQuery({ ...secretQuery(identifier), staleTime: 0 });
        setReadAt(now.updatedAt);
      }
      throw error;
    }
  };
}
