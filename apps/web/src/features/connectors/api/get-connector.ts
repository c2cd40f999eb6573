import { queryOptions, useQuery } from '@tanstack/react-query';
import { connectorResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

export function connectorQuery(identifier: string) {
  return queryOptions({
    queryKey: ['connectors', 'one', identifier],
    queryFn: ({ signal }) =>
      apiData({
        path: `/ng/api/connectors/${encodeURIComponent(identifier)}`,
        schema: connectorResponseSchema,
        signal,
      }),
  });
}

export function useConnector(identifier: string) {
  return useQuery(connectorQuery(identifier));
}
