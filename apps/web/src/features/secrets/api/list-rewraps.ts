import { queryOptions, useQuery } from '@tanstack/react-query';
import { type Rewrap, rewrapPageSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { pageQuery } from '../../../lib/paged-search.ts';
import type { PagedSearch } from '../../../lib/paged-search-schema.ts';
import { SECRETS_KEY } from './list-secrets.ts';

/** How often one looks how far a rewrap is. */
export const POLL_MS = 1_000;

/** What rewraps are kept under. */
export const REWRAPS_KEY = [...SECRETS_KEY, 'rewraps'] as const;

const anyRunning = (rewraps: readonly Rewrap[] = []): boolean => rewraps.some(({ state }) => state === 'running');

const rewrapsQuery = ({ page }: PagedSearch) =>
  queryOptions({
    queryKey: [...REWRAPS_KEY, 'list', page],
    queryFn: ({ signal }) => {
      const { pageIndex, pageSize } = pageQuery({ page });
      return apiRequest({
        path: '/api/secrets/rewraps',
        query: { pageIndex, pageSize },
        schema: rewrapPageSchema,
        signal,
      });
    },
    refetchInterval: ({ state }) => (anyRunning(state.data?.content) ? POLL_MS : false),
  });

/** The rewraps, newest first; looked at again every second while one runs. */
export function useRewraps(search: PagedSearch) {
  return useQuery(rewrapsQuery(search));
}
