import { useEffect, useState } from 'react';
import { ApiFailure } from '../../lib/api.ts';

const secondsUntil = (time: number): number => Math.max(0, Math.ceil((time - Date.now()) / 1000));

/** How many seconds the server asks to wait after this failure, counting down; 0 where one may try again. */
export function useWait(failure: Error | undefined): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = failure instanceof ApiFailure ? (failure.retryAfterSeconds ?? 0) : 0;
    const until = Date.now() + seconds * 1000;
    setLeft(seconds);
    if (seconds === 0) return;
    const timer = setInterval(() => {
      setLeft(secondsUntil(until));
      if (secondsUntil(until) === 0) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [failure]);
  return left;
}

/** A wait in words: “45 s”, “3 min”. */
export function waitInWords(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
