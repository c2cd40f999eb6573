import type { Task, TaskEvent } from '@wardline/contracts';
import type { Ambient } from './ambient.ts';
import { runDataKeyTask } from './hops/data-key-task.ts';
import { Session } from './hops/session.ts';
import { testConnection } from './hops/test-connection.ts';

/**
 * The single interpreter of tasks, for the platform and for delegates. Never throws for an outcome: a failure is data.
 * The last event is always `finished`, within the task's `deadlineMs`, and promptly once `signal` aborts.
 * No event holds a secret access key, a session token or a web identity token; a plaintext data key is in the one event
 * that a task on a data key exists for.
 */
export function runTask(task: Task, ambient: Ambient, signal: AbortSignal): AsyncIterable<TaskEvent> {
  switch (task.kind) {
    case 'test-connection':
      return testConnection(new Session(task, ambient, signal));
    case 'generate-data-key':
    case 'decrypt-data-key':
      return runDataKeyTask(task, ambient, signal);
  }
}
