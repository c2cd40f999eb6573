import { useQuery } from '@tanstack/react-query';
import { connectorStatsSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

/** How many connectors there are, by type and by status. */
export function useConnectorStats() {
  return useQuery({
    queryKey: ['connectors', 'stats'],
    queryFn: ({ signal }) => apiData({ path: '/ng/api/connectors/stats', schema: connectorStatsSchema, signal }),
  });
}
