import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { auditPageSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { auditFilter } from '../audit-filter.ts';
import type { AuditSearch } from '../audit-search.ts';

const PAGE_SIZE = 30;

/** What the events are kept under. */
export const AUDIT_KEY = ['audit'] as const;

/** The events that pass a filter, the newest first, as many pages as were asked for. */
export function useAuditEvents(search: AuditSearch) {
  return useInfiniteQuery({
    queryKey: [...AUDIT_KEY, 'list', search],
    queryFn: ({ pageParam, signal }) =>
      apiData({
        method: 'POST',
        path: '/audit/api/audits/list',
        query: { pageSize: PAGE_SIZE, pageToken: pageParam },
        body: auditFilter(search, Date.now()),
        schema: auditPageSchema,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ pageToken }) => pageToken ?? undefined,
    placeholderData: keepPreviousData,
  });
}
