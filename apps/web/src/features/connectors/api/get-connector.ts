import { queryOptions, useQuery } from '@tanstack/react-query';
import { connectorResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

/** One connector as the server keeps it; its secrets are references. */
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

/** One connector, kept up to date. */
export function useConnector(identifier: string) {
  return useQuery(connectorQuery(identifier));
}
