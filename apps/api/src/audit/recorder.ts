import type { Actor } from '../access/principal.ts';
import { isUnavailable } from '../db/failures.ts';
import type { AuditEntry } from './audit-entry.ts';

/** A deed with who did it: what becomes one event. */
export interface Deed {
  readonly actor: Actor;
  readonly entry: AuditEntry;
}

/** The most events of one transaction, unless a single caller has more. It bounds how long others wait for a commit. */
const BATCH_AT_MOST = 256;

interface Waiting {
  readonly deeds: readonly Deed[];
  readonly stored: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Puts on record what changes nothing else, many at a time: waiting for the disk is what costs, so whatever is reported
 * while one batch is being committed makes up the next. Nobody is told that something is on record before it is.
 */
export class Recorder {
  readonly #store: (deeds: readonly Deed[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  /** @param store stores all of the deeds, in their order, or none and throws. */
  constructor(store: (deeds: readonly Deed[]) => Promise<void>) {
    this.#store = store;
  }

  /**
   * Records the deeds, together and in the order of the calls.
   * @returns once they are durable.
   * @throws what the store throws for their batch, of which then nothing is on record. Where the database is away,
   * whatever waits fails with that batch: the last of many would wait for as many attempts to reach it.
   */
  record(deeds: readonly Deed[]): Promise<void> {
    if (deeds.length === 0) return Promise.resolve();
    return new Promise((stored, failed) => {
      this.#waiting.push({ deeds, stored, failed });
      this.#running ??= this.#storeAll();
    });
  }

  /** Waits until nothing is left to be stored. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #storeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      // SQLite answers without leaving this turn of the event loop. What else came in with the same turn is to be in
      // the batch, and with one caller there is nothing to wait for.
      await new Promise(setImmediate);
      await this.#storeBatch(this.#nextBatch());
    }
    this.#running = undefined;
  }

  #nextBatch(): Waiting[] {
    let events = 0;
    const beyond = this.#waiting.findIndex(({ deeds }, index) => {
      events += deeds.length;
      return index > 0 && events > BATCH_AT_MOST;
    });
    return this.#waiting.splice(0, beyond === -1 ? this.#waiting.length : beyond);
  }

  async #storeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#store(batch.flatMap(({ deeds }) => deeds));
      for (const { stored } of batch) stored();
    } catch (error) {
      const hopeless = isUnavailable(error) ? this.#waiting.splice(0) : [];
      for (const { failed } of [...batch, ...hopeless]) failed(error);
    }
  }
}
