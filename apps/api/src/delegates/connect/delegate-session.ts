import { type Runner, type Task, type TaskEvent, taskEventSchema } from '@wardline/contracts';
import {
  type DelegateFrame,
  type DelegateSelf,
  type ManagerFrame,
  SealError,
  type SealedChannel,
} from '@wardline/delegate-protocol';
import { z } from 'zod';
import type { Place } from '../../db/scope-columns.ts';
import { EventQueue } from '../../dispatch/event-queue.ts';
import { BrokenOff, NotTaken } from '../../dispatch/not-run.ts';
import type { TaskRunner } from '../../runners/task-runner.ts';

/** How long a delegate may take to say that it runs a task, in milliseconds; then another is asked. */
const ACCEPT_WITHIN_MS = 2000;
/** Past its own deadline, in milliseconds, a task is given up here as well: the delegate should have said so by then. */
const GRACE_MS = 1000;
/** What may wait to be sent, in bytes, before a delegate counts as too slow a reader. */
const MAX_UNSENT_BYTES = 8 * 1024 * 1024;
/** What a delegate may report about one task, in characters: a trace with every fact and policy is far below. */
const MAX_REPORTED = 4 * 1024 * 1024;

/** Why a session ends by what the delegate sends, or does not read. */
type SessionFault = 'replay' | 'too-slow' | 'bad-frame';

/** The connection of a session, as far as the session needs it. */
export interface SessionSocket {
  readonly bufferedAmount: number;
  send(text: string): void;
}

export interface SessionFacts {
  readonly sessionId: string;
  readonly self: DelegateSelf;
  readonly tokenRowId: string;
  /** The scope of the token, which is the delegate's. */
  readonly place: Place;
  readonly address: string;
  /** How far the delegate's clock is ahead, in milliseconds. */
  readonly skewMs: number;
  readonly connectedAt: Date;
}

interface RunningTask {
  readonly events: EventQueue<TaskEvent>;
  readonly accepted: () => void;
  readonly refused: (error: NotTaken) => void;
  /** How many characters the delegate has reported. */
  reported: number;
}

/** A connected delegate: hands it tasks and passes on what it reports. */
export class DelegateSession implements TaskRunner {
  readonly facts: SessionFacts;
  readonly runner: Runner;
  lastHeartbeatAt: Date;
  /** It finishes what runs and takes nothing new. */
  draining = false;
  /** Reports of tasks that nobody waits for any more. */
  lateReports = 0;
  /** Tasks in a row that it was offered and said nothing about: it is there, and does not read, or does not run. */
  unanswered = 0;
  readonly #channel: SealedChannel;
  readonly #socket: SessionSocket;
  readonly #end: (code: SessionFault) => void;
  readonly #running = new Map<string, RunningTask>();
  /** When it was last heard, by a clock that nobody sets. */
  #heardAt = performance.now();
  #over = false;

  constructor(
    facts: SessionFacts,
    link: { channel: SealedChannel; socket: SessionSocket; end: (code: SessionFault) => void },
  ) {
    this.facts = facts;
    this.runner = { kind: 'delegate', name: facts.self.name, hostName: facts.self.hostName };
    this.lastHeartbeatAt = facts.connectedAt;
    this.#channel = link.channel;
    this.#socket = link.socket;
    this.#end = link.end;
  }

  /** How many tasks it has now. */
  get running(): number {
    return this.#running.size;
  }

  /** For how long nothing has come from it, in milliseconds. */
  get silentMs(): number {
    return performance.now() - this.#heardAt;
  }

  /** Whether more waits to be read by it than anyone should keep. */
  get isTooSlow(): boolean {
    return this.#socket.bufferedAmount > MAX_UNSENT_BYTES;
  }

  /**
   * Runs a task on the delegate.
   * @param accepted is called once the delegate has begun, also where it reports nothing yet.
   * @throws NotTaken where the delegate does not begin, BrokenOff where it does not end, or the signal's reason.
   */
  async *run(task: Task, signal: AbortSignal, accepted?: () => void): AsyncGenerator<TaskEvent> {
    signal.throwIfAborted();
    if (this.#over) throw new NotTaken('gone');
    const events = new EventQueue<TaskEvent>();
    const cancel = () => events.end({ error: signal.reason });
    const deadline = setTimeout(() => events.end({ error: new BrokenOff('deadline') }), task.deadlineMs + GRACE_MS);
    signal.addEventListener('abort', cancel, { once: true });
    let finished = false;
    try {
      await this.#offer(task, events, signal);
      accepted?.();
      for await (const event of events) {
        finished = event.type === 'finished';
        yield event;
        if (finished) return;
      }
      throw new BrokenOff('crashed');
    } finally {
      clearTimeout(deadline);
      signal.removeEventListener('abort', cancel);
      this.#running.delete(task.id);
      if (!finished && !this.#over) this.#send({ type: 'cancel', id: task.id });
    }
  }

  /** Takes a frame that the delegate sent. */
  receive(frame: DelegateFrame, now: Date): void {
    // What was on its way when the session ended is not believed.
    if (this.#over) return;
    this.lastHeartbeatAt = now;
    this.#heardAt = performance.now();
    switch (frame.type) {
      case 'accepted':
        this.unanswered = 0;
        this.#running.get(frame.id)?.accepted();
        return;
      case 'rejected':
        this.unanswered = 0;
        this.#running.get(frame.id)?.refused(new NotTaken(frame.reason));
        return;
      case 'events':
        this.#receiveEvents(frame);
        return;
      case 'ended':
        this.#running
          .get(frame.id)
          ?.events.end({ error: new BrokenOff(frame.reason === 'deadline' ? 'deadline' : 'crashed') });
        return;
      case 'draining':
        this.draining = true;
        return;
      case 'heartbeat':
        // Not to one that has yet to read what was sent before: it would pile up. It gives the connection up by itself.
        if (this.#socket.bufferedAmount === 0) this.#send({ type: 'heartbeat', at: now.toISOString() });
        return;
      case 'hello':
        return;
    }
  }

  /** The connection is gone: whatever ran is broken off. */
  close(): void {
    this.#over = true;
    for (const { events, refused } of this.#running.values()) {
      refused(new NotTaken('gone'));
      events.end({ error: new BrokenOff('disconnected') });
    }
    this.#running.clear();
  }

  async #offer(task: Task, events: EventQueue<TaskEvent>, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(giveUp);
        signal.removeEventListener('abort', cancelled);
        outcome();
      };
      const cancelled = () => settle(() => reject(signal.reason));
      const refused = (error: NotTaken) => settle(() => reject(error));
      const giveUp = setTimeout(() => {
        this.unanswered += 1;
        refused(new NotTaken('no-answer'));
      }, ACCEPT_WITHIN_MS);
      signal.addEventListener('abort', cancelled, { once: true });
      this.#running.set(task.id, { events, accepted: () => settle(resolve), refused, reported: 0 });
      this.#send({ type: 'task', id: task.id, ...this.#channel.seal(task.id, JSON.stringify(task)) });
    });
  }

  #receiveEvents({ id, n, sealed }: Extract<DelegateFrame, { type: 'events' }>): void {
    let text: string;
    try {
      text = this.#channel.open(id, n, sealed);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      this.#end('replay');
      return;
    }
    const task = this.#running.get(id);
    if (!task) {
      this.lateReports += 1;
      return;
    }
    task.reported += text.length;
    if (task.reported > MAX_REPORTED) {
      this.#end('bad-frame');
      return;
    }
    const events = readEvents(text);
    if (!events) {
      task.events.end({ error: new BrokenOff('unreadable') });
      return;
    }
    // They say as much as an acknowledgement.
    this.unanswered = 0;
    task.accepted();
    for (const event of events) task.events.push(event);
  }

  #send(frame: ManagerFrame): void {
    if (this.isTooSlow) {
      this.#end('too-slow');
      return;
    }
    this.#socket.send(JSON.stringify(frame));
  }
}

const eventsSchema = z.array(taskEventSchema).min(1);

function readEvents(text: string): TaskEvent[] | undefined {
  try {
    return eventsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
