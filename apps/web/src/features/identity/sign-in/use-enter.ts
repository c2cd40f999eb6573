import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useWhoAmI, whoAmIQuery } from '../api/get-who-am-i.ts';
import { safeReturnTo } from '../return-to.ts';

/**
 * Goes into the console as soon as one is signed in: to the page that one wanted, or to the start.
 * @returns what to call once one has signed in.
 */
export function useEnter(returnTo?: string): () => Promise<void> {
  const queryClient = useQueryClient();
  const { history } = useRouter();
  const signedIn = useWhoAmI().data !== undefined;
  useEffect(() => {
    if (signedIn) history.replace(safeReturnTo(returnTo));
  }, [signedIn, returnTo, history]);
  return async () => {
    await queryClient.fetchQuery({ ...whoAmIQuery, staleTime: 0 });
  };
}
