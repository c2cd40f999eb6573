import type { Ambient } from '@wardline/aws-kms';
import type { Task, TaskEvent } from '@wardline/contracts';
import type { TaskRunner } from './task-runner.ts';

/** Runs tasks in this process, as whoever the ambient says: the platform, or the embedded delegate. */
export function inProcessRunner(ambient: Ambient): TaskRunner {
  return { runner: ambient.runner, run: (task, signal) => run(task, ambient, signal) };
}

/** The AWS clients are loaded with the first task: a server that waits for one has no use for their memory. */
async function* run(task: Task, ambient: Ambient, signal: AbortSignal): AsyncGenerator<TaskEvent, void, undefined> {
  const { runTask } = await import('@wardline/aws-kms');
  yield* runTask(task, ambient, signal);
}
