import { queryOptions, useQuery } from '@tanstack/react-query';
import { auditYamlSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { AUDIT_KEY } from './list-events.ts';

const statesQuery = (auditId: string) =>
  queryOptions({
    queryKey: [...AUDIT_KEY, 'states', auditId],
    queryFn: ({ signal }) =>
      apiData({ path: '/audit/api/auditYaml', query: { auditId }, schema: auditYamlSchema, signal }),
    // An event never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What the entity of an event was before and after. */
export function useStates(auditId: string) {
  return useQuery(statesQuery(auditId));
}
