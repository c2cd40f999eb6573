import { delegatesTestEventSchema } from '@wardline/contracts';
import { useEffect, useReducer, useRef } from 'react';
import { streamEvents } from '../../../lib/stream-events.ts';
import { type DelegatesRun, reduceDelegatesRun } from './delegates-run.ts';

/** A run, and the way to begin one. */
export interface DelegatesTest {
  readonly run: DelegatesRun;
  readonly start: () => void;
}

/** Tests a stored connector on every delegate that matches, and follows all of them. Unmounting gives it up. */
export function useDelegatesTest(identifier: string): DelegatesTest {
  const [run, dispatch] = useReducer(reduceDelegatesRun, { state: 'idle' });
  const running = useRef<AbortController>(undefined);

  const start = (): void => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    dispatch({ type: 'started' });
    const follow = async (): Promise<void> => {
      const path = `/api/connectors/testOnDelegates/${encodeURIComponent(identifier)}`;
      let answered = false;
      for await (const event of streamEvents({ path, schema: delegatesTestEventSchema, signal })) {
        if (signal.aborted) return;
        dispatch(event);
        answered ||= event.type === 'result';
      }
      if (!answered) throw new Error('The connection to Wardline ended before the tests had finished.');
    };
    follow().catch((error: unknown) => {
      if (signal.aborted) return;
      dispatch({ type: 'lost', error: error instanceof Error ? error : new Error(String(error)) });
    });
  };

  useEffect(() => () => running.current?.abort(), []);
  return { run, start };
}
