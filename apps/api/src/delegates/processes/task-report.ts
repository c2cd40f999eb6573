import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { RemoteMessage, RemoteSeals } from './remote-message.ts';
import type { RemoteTaskStore } from './remote-task-store.ts';

/** How often a report is tried while the database is away, and the pause in between, in milliseconds. */
const ATTEMPTS = 4;
const PAUSE_MS = 250;

interface ReportOptions {
  readonly store: RemoteTaskStore;
  readonly seals: RemoteSeals;
  readonly logger: FastifyBaseLogger;
  /** Nobody waits for the task any more. */
  readonly onUnwanted: () => void;
}

/** Tells the process that asked what becomes of a task; messages that come while one is written go together. */
export class TaskReport {
  readonly #id: string;
  readonly #options: ReportOptions;
  readonly #waiting: { readonly position: number; readonly sealed: string }[] = [];
  #position = 0;
  #writing: Promise<void> | undefined;
  #isOver = false;

  constructor(id: string, options: ReportOptions) {
    this.#id = id;
    this.#options = options;
  }

  add(message: RemoteMessage): void {
    if (this.#isOver) return;
    this.#position += 1;
    const position = this.#position;
    this.#waiting.push({ position, sealed: this.#options.seals.sealMessage(this.#id, position, message) });
    this.#writing ??= this.#write();
  }

  /** Resolves when everything is stored, or nobody wants it. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#isOver) {
      const messages = this.#waiting.splice(0);
      if (!(await this.#store(messages))) {
        this.#isOver = true;
        this.#options.onUnwanted();
      }
    }
    this.#writing = undefined;
  }

  /** @returns false where nobody waits, or nobody can be told. */
  async #store(messages: Parameters<RemoteTaskStore['report']>[1]): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#options.store.report(this.#id, messages);
      } catch (error) {
        this.#options.logger.warn({ err: error }, 'what became of a task could not be stored');
        if (attempt === ATTEMPTS) return false;
        await sleep(PAUSE_MS * attempt, undefined, { ref: false });
      }
    }
  }
}
