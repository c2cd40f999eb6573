import { useQuery } from '@tanstack/react-query';
import { catalogueSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

/** The connector types that this server can make. */
export function useCatalogue() {
  return useQuery({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) => apiData({ path: '/ng/api/connectors/catalogue', schema: catalogueSchema, signal }),
    staleTime: 60_000,
  });
}
