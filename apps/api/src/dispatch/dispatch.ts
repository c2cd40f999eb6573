import type { DelegateOutcome, Task, TaskEvent } from '@wardline/contracts';
import type { TaskRunner } from '../runners/task-runner.ts';
import { BrokenOff, NotTaken } from './not-run.ts';

/** A connected delegate that may run the task. */
export interface Candidate {
  /** The id of its instance. */
  readonly id: string;
  readonly runner: TaskRunner;
  /** The share of its capacity that is in use, as of now: 0 for idle. */
  load(): number;
}

/** What became of the task at one delegate that did not run it to its end. */
export interface Attempt {
  readonly name: string;
  readonly hostName: string;
  readonly outcome: DelegateOutcome;
}

/** A delegate has begun; whatever another one reported before counts for nothing. */
export interface DelegateChosen {
  readonly type: 'delegate';
  readonly delegateId: string;
  readonly name: string;
  readonly hostName: string;
  /** Those that were asked before, in order. */
  readonly before: readonly Attempt[];
}

/** No delegate ran the task to its end. */
export class NobodyRan extends Error {
  override readonly name = 'NobodyRan';

  constructor(readonly attempts: readonly Attempt[]) {
    super(`None of ${attempts.length} delegates ran the task to its end.`);
  }
}

/**
 * Runs a task on one of the candidates: the least busy first. One that does not take it is passed over; where one
 * breaks off, another runs the task from its beginning, since tasks are safe to run twice. The task's deadline counts
 * for all attempts together.
 * @throws NobodyRan naming what became of the task at each, or the signal's reason.
 */
export async function* dispatch(
  task: Task,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): AsyncGenerator<TaskEvent | DelegateChosen> {
  const endsAt = performance.now() + task.deadlineMs;
  const attempts: Attempt[] = [];
  const left = new Set(candidates);
  for (;;) {
    const candidate = leastBusy(left);
    const deadlineMs = Math.floor(endsAt - performance.now());
    if (!candidate || deadlineMs <= 0) throw new NobodyRan(attempts);
    left.delete(candidate);
    try {
      yield* runOn(candidate, { ...task, deadlineMs }, attempts, signal);
      return;
    } catch (error) {
      if (!(error instanceof NotTaken) && !(error instanceof BrokenOff)) throw error;
      const { name, hostName } = candidate.runner.runner;
      attempts.push({ name, hostName, outcome: error.reason });
    }
  }
}

/** Passes on the events of one delegate, after its first one has told that it has begun. */
async function* runOn(
  { id, runner }: Candidate,
  task: Task,
  before: readonly Attempt[],
  signal: AbortSignal,
): AsyncGenerator<TaskEvent | DelegateChosen> {
  let begun = false;
  for await (const event of runner.run(task, signal)) {
    if (!begun) {
      const { name, hostName } = runner.runner;
      yield { type: 'delegate', delegateId: id, name, hostName, before: [...before] };
      begun = true;
    }
    yield event;
  }
}

/** Any one of those that are equally busy, so that the first in the list does not get everything. */
function leastBusy(candidates: ReadonlySet<Candidate>): Candidate | undefined {
  let best: Candidate[] = [];
  let lowest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const load = candidate.load();
    if (load < lowest) {
      lowest = load;
      best = [];
    }
    if (load === lowest) best.push(candidate);
  }
  return best[Math.floor(Math.random() * best.length)];
}
