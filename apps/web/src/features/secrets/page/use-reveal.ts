import { useEffect, useRef, useState } from 'react';
import { resolveSecret } from '../api/resolve-secret.ts';

/** How long a value stays in sight, in seconds. */
export const REVEAL_SECONDS = 30;

/** What is in sight of a value. */
export type Revealed =
  | { readonly state: 'hidden' | 'reading' }
  | { readonly state: 'shown'; readonly value: string; readonly secondsLeft: number }
  | { readonly state: 'failed'; readonly error: Error };

const HIDDEN: Revealed = { state: 'hidden' };

/**
 * Shows a value for a while. It is kept in this state alone, and forgotten after the time, when the browser's tab goes
 * out of sight, and with the page.
 */
export function useReveal(reference: string) {
  const [revealed, setRevealed] = useState<Revealed>(HIDDEN);
  const reading = useRef<AbortController>(undefined);
  const shown = revealed.state === 'shown';

  useEffect(() => () => reading.current?.abort(), []);

  // One clock while something is in sight; the value goes with the last second.
  useEffect(() => {
    if (!shown) return;
    const clock = setInterval(() => {
      setRevealed((now) => {
        if (now.state !== 'shown') return now;
        return now.secondsLeft > 1 ? { ...now, secondsLeft: now.secondsLeft - 1 } : HIDDEN;
      });
    }, 1000);
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') setRevealed(HIDDEN);
    };
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearInterval(clock);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [shown]);

  const reveal = async (): Promise<void> => {
    reading.current = new AbortController();
    const { signal } = reading.current;
    setRevealed({ state: 'reading' });
    try {
      const value = await resolveSecret(reference, signal);
      // Who has looked away meanwhile does not find it in sight.
      setRevealed(
        document.visibilityState === 'hidden' ? HIDDEN : { state: 'shown', value, secondsLeft: REVEAL_SECONDS },
      );
    } catch (error) {
      if (signal.aborted) return;
      setRevealed({ state: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
  };

  return { revealed, reveal, hide: (): void => setRevealed(HIDDEN) };
}
