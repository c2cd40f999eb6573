import { useQueryClient } from '@tanstack/react-query';
import { type ConnectorRequest, testEventSchema } from '@wardline/contracts';
import { useEffect, useReducer, useRef } from 'react';
import { streamEvents } from '../../lib/stream-events.ts';
import { IDLE_RUN, reduceTestRun, type TestRun } from './test-run.ts';

/** What is tested: a stored connector, or a draft that the server doesn't have. */
export type TestTarget =
  | { readonly kind: 'stored'; readonly identifier: string }
  | { readonly kind: 'draft'; readonly connector: ConnectorRequest };

/** A run, and the ways to begin and to stop one. */
export type ConnectionTest = TestRun & { readonly start: () => void; readonly cancel: () => void };

function requestOf(target: TestTarget) {
  return target.kind === 'stored'
    ? { path: `/ng/api/connectors/testConnection/${encodeURIComponent(target.identifier)}` }
    : { path: '/api/connectors/test', body: { connector: target.connector } };
}

/**
 * Runs connection tests and follows their hops as the server reports them. `start` begins one and gives up
 * the one before; `cancel` and unmounting stop it. A stored connector's new status reaches every list.
 */
export function useConnectionTest(target: TestTarget): ConnectionTest {
  const [run, dispatch] = useReducer(reduceTestRun, IDLE_RUN);
  const running = useRef<AbortController>(undefined);
  const queryClient = useQueryClient();

  const start = (): void => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    dispatch({ type: 'started' });
    const follow = async (): Promise<void> => {
      let answered = false;
      for await (const event of streamEvents({ ...requestOf(target), schema: testEventSchema, signal })) {
        if (signal.aborted) return;
        dispatch(event);
        answered ||= event.type === 'result';
      }
      if (!answered) throw new Error('The connection to Wardline ended before the test had finished.');
      if (target.kind === 'stored') await queryClient.invalidateQueries({ queryKey: ['connectors'] });
    };
    follow().catch((error: unknown) => {
      if (signal.aborted) return;
      dispatch({ type: 'lost', error: error instanceof Error ? error : new Error(String(error)) });
    });
  };

  const cancel = (): void => {
    running.current?.abort();
    dispatch({ type: 'reset' });
  };

  useEffect(() => () => running.current?.abort(), []);

  return { ...run, start, cancel };
}
