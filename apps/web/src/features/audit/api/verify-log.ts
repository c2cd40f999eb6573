import { useQueryClient } from '@tanstack/react-query';
import { type AuditVerification, verificationEventSchema } from '@wardline/contracts';
import { useEffect, useReducer, useRef } from 'react';
import { streamEvents } from '../../../lib/stream-events.ts';
import { AUDIT_KEY } from './list-events.ts';

/** How far a verification is. */
export type Verification =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly checked: number; readonly total: number }
  | { readonly state: 'done'; readonly result: AuditVerification }
  | { readonly state: 'lost'; readonly error: Error };

/** Verifies the chain of all events and follows how far the server is. Unmounting gives it up. */
export function useVerification() {
  const [verification, become] = useReducer((_: Verification, next: Verification) => next, { state: 'idle' });
  const running = useRef<AbortController>(undefined);
  const queryClient = useQueryClient();

  const follow = async (expectedHead: string | undefined, signal: AbortSignal): Promise<void> => {
    const body = { ...(expectedHead !== undefined && { expectedHead }) };
    const events = streamEvents({ path: '/audit/api/audits/verify', body, schema: verificationEventSchema, signal });
    let result: AuditVerification | undefined;
    for await (const event of events) {
      if (event.type === 'result') result = event.result;
      else become({ state: 'running', checked: event.checked, total: event.total });
    }
    if (!result) throw new Error('The connection to Wardline ended before the log was verified.');
    become({ state: 'done', result });
    // The verification is on record itself.
    await queryClient.invalidateQueries({ queryKey: [...AUDIT_KEY, 'list'] });
  };

  const start = (expectedHead: string | undefined): void => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    become({ state: 'running', checked: 0, total: 0 });
    follow(expectedHead, controller.signal).catch((error: unknown) => {
      if (controller.signal.aborted) return;
      become({ state: 'lost', error: error instanceof Error ? error : new Error(String(error)) });
    });
  };
  useEffect(() => () => running.current?.abort(), []);
  return { verification, start };
}
