import { useQuery } from '@tanstack/react-query';
import { pageOf, secretVersionSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { SECRETS_KEY } from './list-secrets.ts';

/** The versions of a secret without their values, newest first; the server keeps only so many. */
export function useVersions(identifier: string) {
  return useQuery({
    queryKey: [...SECRETS_KEY, 'versions', identifier],
    queryFn: ({ signal }) =>
      apiData({
        path: `/api/secrets/${encodeURIComponent(identifier)}/versions`,
        query: { pageIndex: 0, pageSize: 100 },
        schema: pageOf(secretVersionSchema),
        signal,
      }),
  });
}
