import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { settingsSchema } from '@wardline/contracts';
import { apiRequest } from '../lib/api.ts';
import { useReachability } from '../lib/reachability.ts';

const PROBE_MS = 4_000;

/** Says that the server is away, keeps asking, and brings failed screens back by itself when it returns. */
export function UnreachableBanner() {
  const reachable = useReachability((state) => state.reachable);
  const queryClient = useQueryClient();
  useQuery({
    queryKey: ['reachability-probe'],
    enabled: !reachable,
    refetchInterval: PROBE_MS,
    retry: false,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      await apiRequest({ path: '/api/settings', schema: settingsSchema, signal });
      void queryClient.invalidateQueries({ predicate: (query) => query.state.status === 'error' });
      return true;
    },
  });
  if (reachable) return null;
  return (
    <Alert color="yellow" mb="md" role="status" icon={<IconPlugConnectedX size={18} aria-hidden />}>
      The Wardline server can’t be reached. This page shows what was last known and reconnects by itself.
    </Alert>
  );
}
