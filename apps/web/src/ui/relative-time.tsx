import { useSyncExternalStore } from 'react';
import { formatExact, formatRelative, formatUntil } from '../lib/format.ts';

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

interface Props {
  /** Epoch milliseconds. */
  readonly time: number;
  /** For a time to come. */
  readonly ahead?: boolean;
}

/** How long ago or how soon, kept up to date, with the exact time on hover. */
export function RelativeTime({ time, ahead = false }: Props) {
  const current = useSyncExternalStore(subscribe, now);
  return (
    <time dateTime={new Date(time).toISOString()} title={formatExact(time)}>
      {ahead ? formatUntil(time, current) : formatRelative(time, current)}
    </time>
  );
}
