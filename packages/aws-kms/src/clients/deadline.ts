/** A signal with an end of its own. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Aborts the signal, or leaves it as it is, and lets go of the timer and of the other signal. */
  end(how?: 'abort'): void;
}

/**
 * Aborts with another signal, or after a time in milliseconds. Held by a plain timer, because the signal that
 * `AbortSignal.any` makes does not keep that of `AbortSignal.timeout` alive: on Node 20 it can be collected before its
 * time, and the deadline never comes.
 */
export function deadline(signal: AbortSignal, ms: number): Deadline {
  const own = new AbortController();
  const follow = () => own.abort(signal.reason);
  const timer = setTimeout(() => own.abort(new DOMException('The deadline has passed.', 'TimeoutError')), ms);
  // Whoever waits for the deadline keeps the process alive, not the deadline itself.
  timer.unref();
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { once: true });
  return {
    signal: own.signal,
    end(how) {
      clearTimeout(timer);
      signal.removeEventListener('abort', follow);
      if (how === 'abort') own.abort();
    },
  };
}
