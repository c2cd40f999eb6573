import type { Ambient } from '@wardline/aws-kms';
import { type Task, type TaskEvent, taskSchema } from '@wardline/contracts';
import type { DelegateFrame } from '@wardline/delegate-protocol';

/** A task ends itself at its deadline, with a finding; this long after it, in milliseconds, it is broken off. */
const GRACE_MS = 500;

/** What running tasks report goes here. */
interface TaskLink {
  send(frame: DelegateFrame): void;
  /** Seals events as the next frame of the session. */
  seal(id: string, plaintext: string): { readonly n: number; readonly sealed: string };
}

/** Counts for metrics. */
export interface TaskCounts {
  readonly running: number;
  readonly finished: number;
  readonly rejected: number;
  readonly broken: number;
}

/** The tasks that this delegate runs: at most `capacity` at once, each until its deadline. */
export class Tasks {
  readonly #running = new Map<string, AbortController>();
  readonly #capacity: number;
  readonly #ambient: Ambient;
  readonly #counts = { finished: 0, rejected: 0, broken: 0 };
  #draining = false;
  #idle: (() => void) | undefined;

  constructor(capacity: number, ambient: Ambient) {
    this.#capacity = capacity;
    this.#ambient = ambient;
  }

  get counts(): TaskCounts {
    return { running: this.#running.size, ...this.#counts };
  }

  /** Takes a task that the manager sent, or says why not. @param plaintext the opened frame. */
  take(id: string, plaintext: string, link: TaskLink): void {
    const task = readTask(plaintext);
    const reason = this.#draining ? 'draining' : this.#running.size >= this.#capacity ? 'busy' : undefined;
    if (!task || task.id !== id || this.#running.has(id) || reason) {
      this.#counts.rejected += 1;
      link.send({ type: 'rejected', id, reason: reason ?? 'unreadable' });
      return;
    }
    link.send({ type: 'accepted', id });
    void this.#run(task, link);
  }

  cancel(id: string): void {
    this.#running.get(id)?.abort(new Error('The manager cancelled the task.'));
  }

  /** Whoever waited for the results is gone: nobody would read them. */
  cancelAll(): void {
    for (const id of this.#running.keys()) this.cancel(id);
  }

  /** Takes nothing new. Resolves when what runs has finished. */
  async drain(): Promise<void> {
    this.#draining = true;
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
  }

  async #run(task: Task, link: TaskLink): Promise<void> {
    const controller = new AbortController();
    const deadline = setTimeout(() => controller.abort(new DeadlineError()), task.deadlineMs + GRACE_MS);
    this.#running.set(task.id, controller);
    const report = new Report(task.id, link);
    try {
      const { runTask } = await loadRunner();
      for await (const event of runTask(task, this.#ambient, controller.signal)) {
        // What a task that was broken off still says is no outcome of it.
        controller.signal.throwIfAborted();
        report.add(event);
      }
      report.send();
      this.#counts.finished += 1;
    } catch {
      this.#counts.broken += 1;
      report.drop();
      link.send({ type: 'ended', id: task.id, reason: reasonOf(controller.signal) });
    } finally {
      clearTimeout(deadline);
      this.#running.delete(task.id);
      if (this.#running.size === 0) this.#idle?.();
    }
  }
}

/** What a task reports within this time goes out together, in milliseconds: nobody sees the difference. */
const TOGETHER_MS = 5;

/** What a task reports, in few frames: each costs both ends a system call, and a hop begins as the one before ends. */
class Report {
  readonly #id: string;
  readonly #link: TaskLink;
  #events: TaskEvent[] = [];
  #soon: NodeJS.Timeout | undefined;

  constructor(id: string, link: TaskLink) {
    this.#id = id;
    this.#link = link;
  }

  add(event: TaskEvent): void {
    this.#events.push(event);
    this.#soon ??= setTimeout(() => this.send(), TOGETHER_MS);
  }

  /** Sends what was added and not sent yet. */
  send(): void {
    const events = this.#events;
    this.drop();
    if (events.length === 0) return;
    const id = this.#id;
    this.#link.send({ type: 'events', id, ...this.#link.seal(id, JSON.stringify(events)) });
  }

  /** Forgets it. */
  drop(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#events = [];
  }
}

/** The AWS clients are a fifth of the memory of a delegate: one that has had nothing to do has not loaded them. */
const loadRunner = () => import('@wardline/aws-kms');

class DeadlineError extends Error {}

function reasonOf(signal: AbortSignal): 'cancelled' | 'deadline' | 'crashed' {
  if (!signal.aborted) return 'crashed';
  return signal.reason instanceof DeadlineError ? 'deadline' : 'cancelled';
}

function readTask(plaintext: string): Task | undefined {
  try {
    return taskSchema.safeParse(JSON.parse(plaintext)).data;
  } catch {
    return undefined;
  }
}
