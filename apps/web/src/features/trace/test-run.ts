import { HOPS, type HopId, type HopResult, type TestEvent, type TestResult } from '@wardline/contracts';

/** Where one hop of a connection test stands. `not-reached`: the test ended before it. */
export type HopState =
  | { readonly status: 'waiting' | 'not-reached'; readonly hop: HopId }
  | { readonly status: 'running'; readonly hop: HopId; readonly startedAt: string }
  | { readonly status: 'finished'; readonly hop: HopId; readonly result: HopResult };

/** Which delegate has taken a test. */
export type TakenBy = Extract<TestEvent, { type: 'delegate' }>;

/**
 * A connection test as it happens. `done` has AWS's answer, good or bad; `failed` means that no answer
 * arrived (network lost, test refused), so that nothing can be said about the connection.
 */
export type TestRun = {
  /** The delegate that runs it, and those that were asked before; absent where none has begun. */
  readonly takenBy?: TakenBy | undefined;
} & (
  | { readonly state: 'idle' | 'running'; readonly hops: readonly HopState[] }
  | { readonly state: 'done'; readonly hops: readonly HopState[]; readonly result: TestResult }
  | { readonly state: 'failed'; readonly hops: readonly HopState[]; readonly error: Error }
);

/** What moves a run on: an event of the server, or what the console does with it. */
export type TestRunAction = TestEvent | { readonly type: 'started' | 'reset' } | { type: 'lost'; error: Error };

const untouched: readonly HopState[] = HOPS.map((hop) => ({ status: 'waiting', hop }));

/** Before the first test. */
export const IDLE_RUN: TestRun = { state: 'idle', hops: untouched };

/** Every hop of a finished trace in its order; those that the trace doesn't have were not reached. */
export function hopsOf(trace: readonly HopResult[]): HopState[] {
  const byHop = new Map(trace.map((result) => [result.hop, result]));
  return HOPS.map((hop) => {
    const result = byHop.get(hop);
    return result ? { status: 'finished', hop, result } : { status: 'not-reached', hop };
  });
}

function replace(hops: readonly HopState[], next: HopState): HopState[] {
  return hops.map((state) => (state.hop === next.hop ? next : state));
}

/** The state of a test after one more event. */
export function reduceTestRun(run: TestRun, action: TestRunAction): TestRun {
  const kept = run.takenBy && { takenBy: run.takenBy };
  switch (action.type) {
    case 'started':
      return { state: 'running', hops: untouched };
    // A delegate begins, the first or one that takes over: the trace is its own.
    case 'delegate':
      return { state: 'running', hops: untouched, takenBy: action };
    case 'reset':
      return IDLE_RUN;
    case 'hop-started': {
      const { hop, startedAt } = action;
      return { ...kept, state: 'running', hops: replace(run.hops, { status: 'running', hop, startedAt }) };
    }
    case 'hop-finished': {
      const { result } = action;
      return { ...kept, state: 'running', hops: replace(run.hops, { status: 'finished', hop: result.hop, result }) };
    }
    case 'result':
      return { ...kept, state: 'done', hops: hopsOf(action.result.trace), result: action.result };
    case 'lost':
      return {
        ...kept,
        state: 'failed',
        hops: run.hops.map((hop) => (hop.status === 'finished' ? hop : { status: 'not-reached', hop: hop.hop })),
        error: action.error,
      };
  }
}
