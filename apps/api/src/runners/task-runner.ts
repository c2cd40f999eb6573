import type { Runner, Task, TaskEvent } from '@wardline/contracts';

/** A process that runs tasks: this one, or a delegate. One interface, so that where a task runs is only a choice. */
export interface TaskRunner {
  readonly runner: Runner;
  /** Runs the task; the last event is `finished`. An aborted signal ends the run by throwing its reason. */
  run(task: Task, signal: AbortSignal): AsyncIterable<TaskEvent>;
}
