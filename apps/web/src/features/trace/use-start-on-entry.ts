import { useEffect, useEffectEvent } from 'react';

/**
 * Starts something once when a component comes on screen, and stops it when the component goes. The start waits
 * for the next turn, so that React's double mounting in development doesn't start it twice.
 */
export function useStartOnEntry(start: () => void, stop: () => void): void {
  const onEntry = useEffectEvent(start);
  const onLeave = useEffectEvent(stop);
  useEffect(() => {
    const timer = setTimeout(() => onEntry());
    return () => {
      clearTimeout(timer);
      onLeave();
    };
  }, []);
}
