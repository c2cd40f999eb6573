import { IconPlugConnectedX } from '@tabler/icons-react';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { settingsSchema } from '@wardline/contracts';
import { ApiFailure, apiRequest } from '../lib/api.ts';
import { useReachability } from '../lib/reachability.ts';
import classes from './unreachable-banner.module.css';

const PROBE_MS = 4_000;

/** Asks the server for its settings. After it was away, failed screens ask again: once, since only then they have reason to. */
async function probe(queryClient: QueryClient, signal: AbortSignal): Promise<boolean> {
  try {
    await apiRequest({ path: '/api/settings', schema: settingsSchema, signal, anonymous: true });
  } catch (error) {
    // Whoever refuses is there.
    if (!(error instanceof ApiFailure && error.isSignedOut)) {
      if (!signal.aborted) useReachability.setState({ server: 'away' });
      throw error;
    }
  }
  const wasAway = useReachability.getState().server === 'away';
  useReachability.setState({ server: 'reachable' });
  if (wasAway) void queryClient.invalidateQueries({ predicate: (query) => query.state.status === 'error' });
  return true;
}

/** Says that the server is away, keeps asking, and brings failed screens back by itself when it returns. */
export function UnreachableBanner() {
  const server = useReachability((state) => state.server);
  const queryClient = useQueryClient();
  useQuery({
    queryKey: ['reachability-probe'],
    enabled: server !== 'reachable',
    refetchInterval: PROBE_MS,
    staleTime: 0,
    retry: false,
    gcTime: 0,
    queryFn: ({ signal }) => probe(queryClient, signal),
  });
  if (server !== 'away') return null;
  return (
    <div role="status" className={classes.banner}>
      <IconPlugConnectedX size={18} aria-hidden />
      <span>The Wardline server can’t be reached. This page shows what was last known and reconnects by itself.</span>
    </div>
  );
}
