import { useSyncExternalStore } from 'react';
import { formatExact, formatRelative } from '../lib/format.ts';

const TICK_MS = 15_000;

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}

const now = (): number => Math.floor(Date.now() / TICK_MS) * TICK_MS;

/** How long ago, kept up to date, with the exact time on hover. `time` is epoch milliseconds. */
export function RelativeTime({ time }: { readonly time: number }) {
  const current = useSyncExternalStore(subscribe, now);
  return (
    <time dateTime={new Date(time).toISOString()} title={formatExact(time)}>
      {formatRelative(time, current)}
    </time>
  );
}
