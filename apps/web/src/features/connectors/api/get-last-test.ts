import { useQuery } from '@tanstack/react-query';
import { testResultSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

/** The last stored test with its trace; null until the first. */
export function useLastTest(identifier: string) {
  return useQuery({
    queryKey: ['connectors', 'last-test', identifier],
    queryFn: ({ signal }) =>
      apiData({
        path: `/api/connectors/${encodeURIComponent(identifier)}/last-test`,
        schema: testResultSchema.nullable(),
        signal,
      }),
  });
}
