import type { DelegateGroup } from '@wardline/contracts';
import type { TaskRunner } from './task-runner.ts';

/** A delegate as the dispatcher sees it: what it is, and the way to give it work. */
export interface RegisteredDelegate {
  /** How it is listed, as of now: its heartbeat and whether it is connected change. */
  describe(): DelegateGroup;
  readonly runner: TaskRunner;
}

/** Every delegate that this server knows, connected or not. */
export interface DelegateRegistry {
  list(): readonly RegisteredDelegate[];
}
