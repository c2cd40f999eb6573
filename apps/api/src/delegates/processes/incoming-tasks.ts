import type { FastifyBaseLogger } from 'fastify';
import { BrokenOff, NotTaken } from '../../dispatch/not-run.ts';
import type { DelegateHub } from '../connect/hub.ts';
import { coalesced } from './coalesced.ts';
import type { RemoteMessage, RemoteSeals, RemoteTask } from './remote-message.ts';
import type { RemoteTaskStore, TakenTask } from './remote-task-store.ts';
import { TaskReport } from './task-report.ts';

interface IncomingOptions {
  readonly processId: string;
  readonly hub: DelegateHub;
  readonly store: RemoteTaskStore;
  readonly seals: RemoteSeals;
  readonly logger: FastifyBaseLogger;
}

interface Served {
  readonly from: string;
  readonly stop: AbortController;
  readonly over: Promise<void>;
  /** The delegate, once it is known. */
  instanceId?: string;
}

/** The tasks that other processes have the delegates run that are connected here. */
export class IncomingTasks {
  readonly #options: IncomingOptions;
  readonly #running = new Map<string, Served>();
  /** Takes the tasks that wait. */
  readonly take: () => Promise<void>;

  constructor(options: IncomingOptions) {
    this.#options = options;
    this.take = coalesced(
      () => this.#take(),
      (error) => options.logger.warn({ err: error }, 'tasks from other processes could not be taken'),
    );
  }

  get running(): number {
    return this.#running.size;
  }

  /** How many tasks of each other process the delegate has. */
  runningOn(instanceId: string): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const served of this.#running.values()) {
      if (served.instanceId === instanceId) counts[served.from] = (counts[served.from] ?? 0) + 1;
    }
    return counts;
  }

  /** Nobody waits for this task any more. */
  cancel(id: string): void {
    this.#running.get(id)?.stop.abort();
  }

  /** Ends the tasks that nobody waits for any more; word of that may have been missed. */
  async cancelUnwanted(): Promise<void> {
    const running = [...this.#running.keys()];
    if (running.length === 0) return;
    const wanted = await this.#options.store.wanted(this.#options.processId);
    for (const id of running) if (!wanted.has(id)) this.cancel(id);
  }

  /** Resolves when everything that ran has ended and is reported: once the sessions are over, that is soon. */
  async settled(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ over }) => over));
  }

  async #take(): Promise<void> {
    for (const task of await this.#options.store.take(this.#options.processId)) {
      const stop = new AbortController();
      const over = this.#serve(task, stop).finally(() => this.#running.delete(task.id));
      this.#running.set(task.id, { from: task.from, stop, over });
    }
  }

  async #serve({ id, sealed, leftMs }: TakenTask, stop: AbortController): Promise<void> {
    const report = new TaskReport(id, { ...this.#options, onUnwanted: () => stop.abort() });
    try {
      // Not before the task is listed.
      await Promise.resolve();
      const remote = this.#open(id, sealed);
      const served = this.#running.get(id);
      if (served) served.instanceId = remote.instanceId;
      await this.#runHere({ ...remote, leftMs }, report, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) report.add(this.#explain(error));
    }
    await report.settled();
  }

  /** Only the session that the task was meant for runs it: another one of the same delegate may serve another scope. */
  async #runHere(
    { instanceId, sessionId, task, leftMs }: RemoteTask & { readonly leftMs: number },
    report: TaskReport,
    signal: AbortSignal,
  ): Promise<void> {
    const session = this.#options.hub.find(instanceId);
    if (session?.facts.sessionId !== sessionId) throw new NotTaken('gone');
    if (session.draining) throw new NotTaken('draining');
    const deadlineMs = Math.floor(Math.min(task.deadlineMs, leftMs));
    if (deadlineMs <= 0) throw new NotTaken('no-answer');
    const accepted = () => report.add({ type: 'accepted' });
    for await (const event of session.run({ ...task, deadlineMs }, signal, accepted)) {
      report.add({ type: 'event', event });
    }
  }

  #open(id: string, sealed: string): RemoteTask {
    try {
      return this.#options.seals.openTask(id, sealed);
    } catch (error) {
      this.#options.logger.error({ err: error }, 'a task from another process is unreadable');
      throw new NotTaken('unreadable');
    }
  }

  #explain(error: unknown): RemoteMessage {
    if (error instanceof NotTaken) return { type: 'not-taken', reason: error.reason };
    if (error instanceof BrokenOff) return { type: 'broken-off', reason: error.reason };
    this.#options.logger.error({ err: error }, 'a task from another process failed');
    return { type: 'broken-off', reason: 'crashed' };
  }
}
