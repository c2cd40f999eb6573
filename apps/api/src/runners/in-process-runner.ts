import { type Ambient, runTask } from '@wardline/aws-kms';
import type { TaskRunner } from './task-runner.ts';

/** Runs tasks in this process, as whoever the ambient says: the platform, or the embedded delegate. */
export function inProcessRunner(ambient: Ambient): TaskRunner {
  return { runner: ambient.runner, run: (task, signal) => runTask(task, ambient, signal) };
}
