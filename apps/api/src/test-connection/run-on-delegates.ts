import type { Task, TaskEvent, TestEvent } from '@wardline/contracts';
import { type Candidate, dispatch, NobodyRan } from '../dispatch/dispatch.ts';
import { nobodyRan } from '../runners/no-delegate.ts';

type DelegateEvent = Extract<TestEvent, { type: 'delegate' }>;

/** Runs a test on one of the delegates. That none of them ran it is an outcome, with a finding, like any other. */
export async function* runOnDelegates(
  task: Task,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): AsyncGenerator<TaskEvent | DelegateEvent> {
  try {
    yield* dispatch(task, candidates, signal);
  } catch (error) {
    if (!(error instanceof NobodyRan)) throw error;
    yield { type: 'finished', status: 'FAILURE', finding: nobodyRan(error.attempts) };
  }
}
