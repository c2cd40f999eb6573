import { useSyncExternalStore } from 'react';
import { formatExact, formatRelative } from '../lib/format.ts';

const TICK_MS = 15_000;

const listeners = new Set<() => void>();
let clock: ReturnType<typeof setInterval> | undefined;

/** One clock for every time on screen, however many rows a list has; none while there are no times. */
function subscribe(onTick: () => void): () => void {
  listeners.add(onTick);
  clock ??= setInterval(() => {
    for (const listener of listeners) listener();
  }, TICK_MS);
  return () => {
    listeners.delete(onTick);
    if (listeners.size > 0) return;
    clearInterval(clock);
    clock = undefined;
  };
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
