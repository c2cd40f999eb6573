import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { connectivityHistorySchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

/** A time to look back on, and the parts that it is shown in. */
export interface HistorySpan {
  readonly hours: number;
  readonly buckets: number;
}

const MINUTE_MS = 60_000;

/** How the connection of a connector has been; looked up again every minute. */
export function useHistory(identifier: string, { hours, buckets }: HistorySpan) {
  return useQuery({
    queryKey: ['connectors', 'history', identifier, hours, buckets],
    queryFn: ({ signal }) =>
      apiData({
        path: `/api/connectors/${encodeURIComponent(identifier)}/history?hours=${hours}&buckets=${buckets}`,
        schema: connectivityHistorySchema,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE_MS,
  });
}
