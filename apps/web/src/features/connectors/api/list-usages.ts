import { useQuery } from '@tanstack/react-query';
import { entityUsageSchema, pageOf } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

/** Who uses a connector: the first hundred, and how many there are. */
export function useConnectorUsages(identifier: string) {
  return useQuery({
    queryKey: ['connectors', 'usages', identifier],
    queryFn: ({ signal }) =>
      apiData({
        path: '/ng/api/entitySetupUsage',
        query: { identifier, referredEntityType: 'Connectors', pageIndex: 0, pageSize: 100 },
        schema: pageOf(entityUsageSchema),
        signal,
      }),
  });
}
