import { queryOptions, useQuery } from '@tanstack/react-query';
import { entityUsageSchema, pageOf } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

/** What can be used by something else. */
export type UsedKind = 'Connectors' | 'Secrets';

/** Who uses an entity of the account: the first hundred, and how many there are. */
export function usagesQuery(kind: UsedKind, identifier: string) {
  return queryOptions({
    queryKey: ['usages', kind, identifier],
    queryFn: ({ signal }) =>
      apiData({
        path: '/ng/api/entitySetupUsage',
        query: { identifier, referredEntityType: kind, pageIndex: 0, pageSize: 100 },
        schema: pageOf(entityUsageSchema),
        signal,
      }),
  });
}

/** The same, kept up to date. */
export function useUsages(kind: UsedKind, identifier: string) {
  return useQuery(usagesQuery(kind, identifier));
}
