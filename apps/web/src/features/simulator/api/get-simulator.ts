import { useQuery } from '@tanstack/react-query';
import { simulatorSeedSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

/** What the simulator was seeded with. It holds keys, if only to a simulation, so it leaves memory with its page. */
export function useSimulator() {
  return useQuery({
    queryKey: ['simulator'],
    queryFn: ({ signal }) => apiRequest({ path: '/api/simulator', schema: simulatorSeedSchema, signal }),
    gcTime: 0,
  });
}
