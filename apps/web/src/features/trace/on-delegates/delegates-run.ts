import type { DelegatesTestEvent, DelegatesTestResult, TestedDelegate } from '@wardline/contracts';
import { IDLE_RUN, reduceTestRun, type TestRun } from '../test-run.ts';

/** How far one delegate has come. */
export interface DelegateProgress extends TestedDelegate {
  readonly run: TestRun;
}

/** A test on every delegate as it happens; `failed` means that no whole answer arrived. */
export type DelegatesRun =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly delegates: readonly DelegateProgress[] }
  | { readonly state: 'done'; readonly delegates: readonly DelegateProgress[]; readonly result: DelegatesTestResult }
  | { readonly state: 'failed'; readonly error: Error };

/** What moves it on: an event of the server, or what the console does with it. */
export type DelegatesRunAction = DelegatesTestEvent | { readonly type: 'started' } | { type: 'lost'; error: Error };

/** The state after one more event. */
export function reduceDelegatesRun(run: DelegatesRun, action: DelegatesRunAction): DelegatesRun {
  const delegates = run.state === 'running' ? run.delegates : [];
  switch (action.type) {
    case 'started':
      return { state: 'running', delegates: [] };
    case 'delegates':
      return {
        state: 'running',
        delegates: action.delegates.map((one) => ({ ...one, run: reduceTestRun(IDLE_RUN, { type: 'started' }) })),
      };
    case 'delegate-event':
      return {
        state: 'running',
        delegates: delegates.map((one) =>
          one.delegateId === action.delegateId ? { ...one, run: reduceTestRun(one.run, action.event) } : one,
        ),
      };
    case 'result':
      return {
        state: 'done',
        delegates: action.result.delegates.map(({ result, ...one }) => ({
          ...one,
          run: reduceTestRun(IDLE_RUN, { type: 'result', result }),
        })),
        result: action.result,
      };
    case 'lost':
      return { state: 'failed', error: action.error };
  }
}
