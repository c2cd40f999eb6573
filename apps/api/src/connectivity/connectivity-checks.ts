import type { FastifyBaseLogger } from 'fastify';
import { systemActor } from '../access/principal.ts';
import type { TestDeps } from '../test-connection/run-test.ts';
import { testStoredConnector } from '../test-connection/test-stored-connector.ts';
import { postponedTo, type Random, timeOfFirst, timeOfNext } from './check-times.ts';
import type { Claim } from './schedule-store.ts';

/** How many connectors this process tests at the same time by itself: people's clicks come first. */
const AT_ONCE = 4;
/** How many checks get their times in one transaction. */
const BATCH = 200;
/** A check that is this late, as a share of the interval, has been so since the servers were stopped. */
const LATE = 0.1;

interface ChecksOptions extends TestDeps {
  readonly logger: FastifyBaseLogger;
  /** Each connector is tested this often, in milliseconds. */
  readonly everyMs: number;
  readonly random?: Random;
}

/**
 * Tests stored connectors by itself, each once in an interval and by the same test as a click. Who checks which is in
 * the database: several processes share the work, and a restart changes nothing about it.
 */
export class ConnectivityChecks {
  readonly #options: ChecksOptions;
  readonly #random: Random;
  readonly #stopping = new AbortController();
  readonly #workers = new Set<Promise<void>>();

  constructor(options: ChecksOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
  }

  /** After a time without servers everything is due: that is spread over an interval again. Once, at the start. */
  async spreadOverdue(): Promise<void> {
    const { now, everyMs } = this.#options;
    await this.#spread(new Date(now().getTime() - LATE * everyMs).toISOString());
  }

  /** Begins to test whatever is due, a few at a time. */
  async look(): Promise<void> {
    await this.#spread();
    this.#startWorker();
  }

  /** Resolves when nothing is being tested. */
  async settled(): Promise<void> {
    while (this.#workers.size > 0) await Promise.all(this.#workers);
  }

  /** Gives up the checks that run; they are due again at once. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The server is stopping.'));
    await this.settled();
  }

  async #spread(before?: string): Promise<void> {
    const { storage, now, everyMs } = this.#options;
    const nowMs = now().getTime();
    const timeOf = (position: number, of: number) =>
      new Date(timeOfFirst(nowMs, everyMs, this.#random, position, of)).toISOString();
    let count = BATCH;
    while (count === BATCH && !this.#stopping.signal.aborted) {
      count = await storage.unrecorded(({ schedule }) => schedule.spread(BATCH, timeOf, before));
    }
  }

  #startWorker(): void {
    if (this.#workers.size >= AT_ONCE || this.#stopping.signal.aborted) return;
    const worker = this.#work().finally(() => this.#workers.delete(worker));
    this.#workers.add(worker);
  }

  /** Where one check is due there may be more: each worker that finds one lets another look. */
  async #work(): Promise<void> {
    const { storage, now, everyMs, logger } = this.#options;
    try {
      while (!this.#stopping.signal.aborted) {
        const nowMs = now().getTime();
        const next = new Date(timeOfNext(nowMs, everyMs, this.#random)).toISOString();
        const claim = await storage.unrecorded(({ schedule }) =>
          schedule.claimDue(new Date(nowMs).toISOString(), next),
        );
        if (!claim) return;
        this.#startWorker();
        await this.#check(claim);
      }
    } catch (error) {
      logger.error({ err: error }, 'connectivity checks were interrupted; they go on in a moment');
    }
  }

  async #check({ id, place, identifier }: Claim): Promise<void> {
    const { storage, config, now, everyMs, logger } = this.#options;
    const { signal } = this.#stopping;
    const connector = await storage.connectors.find(place, identifier);
    if (!connector || connector.id !== id) return;
    const postponed = postponedTo(connector, now().getTime(), everyMs);
    if (postponed !== undefined) return this.#moveTo(id, new Date(postponed));
    const scope = { accountIdentifier: config.accountId, ...place };
    const actor = systemActor('connectivity');
    try {
      const events = testStoredConnector(scope, connector, this.#options, { actor, signal, record: 'changes' });
      for await (const event of events) void event;
    } catch (error) {
      if (signal.aborted) return this.#moveTo(id, now());
      logger.error({ err: error, connector: identifier }, 'a connector could not be checked');
    }
  }

  async #moveTo(id: string, time: Date): Promise<void> {
    await this.#options.storage.unrecorded(({ schedule }) => schedule.moveTo(id, time.toISOString()));
  }
}
