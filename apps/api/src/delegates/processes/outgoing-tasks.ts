import type { Task, TaskEvent } from '@wardline/contracts';
import type { FastifyBaseLogger } from 'fastify';
import { v7 as uuid } from 'uuid';
import { EventQueue } from '../../dispatch/event-queue.ts';
import { BrokenOff, NotTaken } from '../../dispatch/not-run.ts';
import { coalesced } from './coalesced.ts';
import type { RemoteMessage, RemoteSeals } from './remote-message.ts';
import type { RemoteTaskStore } from './remote-task-store.ts';

/** How long another process may take to say that its delegate runs a task: the delegate's 2 s, and the way there and back. */
const ANSWER_WITHIN_MS = 3000;
/** Past its own deadline, in milliseconds, a task is given up here as well: the other process should have done so. */
const GRACE_MS = 2000;
/** How often the tables are looked at while anything is pending, in milliseconds: a notification may be missed. */
const LOOK_EVERY_MS = 250;
/** Every how many looks it is checked that those who have the tasks are alive. */
const LOOKS_PER_CHECK = 4;
/** How long a process that runs tasks for others may be silent, in milliseconds: five of its beats. */
const SILENT_MS = 5000;

/** The session of a delegate that is connected to another process. */
export interface Elsewhere {
  readonly processId: string;
  readonly instanceId: string;
  readonly sessionId: string;
}

interface Pending {
  readonly instanceId: string;
  readonly messages: EventQueue<RemoteMessage>;
  /** The position of the last message that came. */
  position: number;
  accepted: boolean;
}

interface OutgoingOptions {
  readonly processId: string;
  readonly store: RemoteTaskStore;
  readonly seals: RemoteSeals;
  readonly logger: FastifyBaseLogger;
}

/** The tasks that this process has other processes' delegates run. */
export class OutgoingTasks {
  readonly #options: OutgoingOptions;
  readonly #pending = new Map<string, Pending>();
  readonly #withdrawals = new Set<Promise<void>>();
  #looking: NodeJS.Timeout | undefined;
  #looks = 0;
  /** Fetches whatever has become of the tasks. */
  readonly collect: () => Promise<void>;

  constructor(options: OutgoingOptions) {
    this.#options = options;
    this.collect = coalesced(
      () => this.#collect(),
      (error) => options.logger.warn({ err: error }, 'what became of tasks elsewhere could not be read'),
    );
  }

  /** How many tasks of this process the delegate has. */
  runningOn(instanceId: string): number {
    let running = 0;
    for (const pending of this.#pending.values()) if (pending.instanceId === instanceId) running += 1;
    return running;
  }

  /**
   * Runs a task on a delegate that is connected to another process.
   * @throws NotTaken where the delegate does not begin, BrokenOff where it does not end, or the signal's reason.
   */
  async *run(to: Elsewhere, task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent> {
    signal.throwIfAborted();
    const id = uuid();
    const messages = new EventQueue<RemoteMessage>();
    const pending: Pending = { instanceId: to.instanceId, messages, position: 0, accepted: false };
    const cancel = () => messages.end({ error: signal.reason });
    const unanswered = setTimeout(() => messages.end({ error: new NotTaken('no-answer') }), ANSWER_WITHIN_MS);
    const deadline = setTimeout(() => messages.end({ error: new BrokenOff('deadline') }), task.deadlineMs + GRACE_MS);
    signal.addEventListener('abort', cancel, { once: true });
    this.#pending.set(id, pending);
    this.#look();
    try {
      if (!(await this.#offer(id, to, task))) throw new NotTaken('gone');
      for await (const message of messages) {
        clearTimeout(unanswered);
        const event = readMessage(message);
        if (!event) continue;
        yield event;
        if (event.type === 'finished') return;
      }
      throw new BrokenOff('crashed');
    } finally {
      clearTimeout(unanswered);
      clearTimeout(deadline);
      signal.removeEventListener('abort', cancel);
      this.#pending.delete(id);
      this.#withdraw(id);
    }
  }

  /** Resolves when no trace is left of the tasks that have ended. */
  async settled(): Promise<void> {
    clearInterval(this.#looking);
    await Promise.all(this.#withdrawals);
  }

  #offer(id: string, { processId, instanceId, sessionId }: Elsewhere, task: Task): Promise<boolean> {
    const { store, seals, processId: from } = this.#options;
    const sealed = seals.sealTask(id, { instanceId, sessionId, task });
    return store.offer({ id, from, to: processId, sealed, forMs: task.deadlineMs + GRACE_MS });
  }

  /** Nobody waits for the task any more; what does not succeed here is done when the task's time is up. */
  #withdraw(id: string): void {
    const withdrawal = this.#options.store
      .withdraw(id)
      .catch((error: unknown) => this.#options.logger.warn({ err: error }, 'a task elsewhere was not withdrawn'))
      .finally(() => this.#withdrawals.delete(withdrawal));
    this.#withdrawals.add(withdrawal);
  }

  #look(): void {
    this.#looking ??= setInterval(() => {
      if (this.#pending.size === 0) {
        clearInterval(this.#looking);
        this.#looking = undefined;
        return;
      }
      void this.collect();
      this.#looks += 1;
      if (this.#looks % LOOKS_PER_CHECK === 0) {
        this.#breakOffLost().catch((error: unknown) => {
          this.#options.logger.warn({ err: error }, 'whether tasks elsewhere still run could not be read');
        });
      }
    }, LOOK_EVERY_MS).unref();
  }

  async #collect(): Promise<void> {
    for (const { taskId, position, sealed } of await this.#options.store.collect(this.#options.processId)) {
      const pending = this.#pending.get(taskId);
      // Late: nobody waits for it.
      if (pending) this.#receive(taskId, pending, position, sealed);
    }
  }

  #receive(id: string, pending: Pending, position: number, sealed: string): void {
    pending.position += 1;
    try {
      if (position !== pending.position) throw new Error(`message ${position} came as number ${pending.position}`);
      const message = this.#options.seals.openMessage(id, position, sealed);
      pending.accepted = true;
      pending.messages.push(message);
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'what became of a task elsewhere is unreadable');
      pending.messages.end({ error: new BrokenOff('unreadable') });
    }
  }

  /** Breaks off the tasks of a process that is silent, or gone with everything that was its own. */
  async #breakOffLost(): Promise<void> {
    const accepted = [...this.#pending].filter(([, pending]) => pending.accepted);
    if (accepted.length === 0) return;
    const inGoodHands = await this.#options.store.inGoodHands(this.#options.processId, SILENT_MS);
    for (const [id, { messages }] of accepted) {
      if (!inGoodHands.has(id)) messages.end({ error: new BrokenOff('disconnected') });
    }
  }
}

/** @returns undefined for an acknowledgement. @throws NotTaken and BrokenOff as the other process saw them. */
function readMessage(message: RemoteMessage): TaskEvent | undefined {
  switch (message.type) {
    case 'accepted':
      return undefined;
    case 'event':
      return message.event;
    case 'not-taken':
      throw new NotTaken(message.reason);
    case 'broken-off':
      throw new BrokenOff(message.reason);
  }
}
