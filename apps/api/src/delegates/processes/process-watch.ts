import type { FastifyBaseLogger } from 'fastify';
import type { Storage } from '../../storage.ts';
import type { DelegateHub } from '../connect/hub.ts';
import { coalesced } from './coalesced.ts';
import type { DelegatesElsewhere } from './delegates-elsewhere.ts';
import type { IncomingTasks } from './incoming-tasks.ts';
import type { Running } from './process-store.ts';
import { reconcileSessions } from './reconcile-sessions.ts';

/** How often a process shows that it is alive, in milliseconds, and how often while it runs tasks for others. */
const BEAT_MS = 5000;
const BUSY_BEAT_MS = 1000;
/** A process that has been silent for this long is gone, in milliseconds. */
const SILENT_MS = 20_000;
/** Every how many looks all delegates elsewhere are read, whether anyone told of changes or not: every 30 s. */
const LOOKS_PER_READING = 6;

interface WatchOptions {
  readonly processId: string;
  readonly storage: Storage;
  readonly hub: DelegateHub;
  readonly logger: FastifyBaseLogger;
  readonly now: () => Date;
  readonly incoming: IncomingTasks;
  readonly elsewhere: DelegatesElsewhere;
}

/** Shows the others that this process is alive, and looks whether they are. */
export class ProcessWatch {
  readonly #options: WatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;
  #looks = 0;
  /** Looks who is alive, and who holds which delegate. */
  readonly look: () => Promise<void>;
  readonly #beat: () => Promise<void>;

  constructor(options: WatchOptions) {
    this.#options = options;
    const failed = (error: unknown) => options.logger.warn({ err: error }, 'the watch over the processes failed');
    this.look = coalesced(() => this.#look(), failed);
    this.#beat = coalesced(() => this.#showAlive(), failed);
  }

  /** @throws where the database is away: then nothing else works either. */
  async start(): Promise<void> {
    const { storage, processId } = this.#options;
    await storage.processes.join(processId);
    await this.#look();
    this.#timer = setInterval(() => this.#tick(), BUSY_BEAT_MS).unref();
  }

  /** Leaves: what this process held is not connected any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    // Whatever is under way must not join again.
    await this.look();
    const { storage, processId, now, logger } = this.#options;
    try {
      await storage.heldDelegates.endProcess({ ended: processId }, now().toISOString());
      await storage.processes.leave(processId);
    } catch (error) {
      logger.warn({ err: error }, 'the other processes could not be told that this one stops');
    }
  }

  #tick(): void {
    this.#ticks += 1;
    if (this.#ticks % (BEAT_MS / BUSY_BEAT_MS) === 0) void this.look();
    else if (this.#options.incoming.running > 0) void this.#beat();
  }

  async #showAlive(): Promise<void> {
    const { storage, hub, processId, incoming } = this.#options;
    const running: Running = {};
    for (const session of hub.list()) {
      if (session.running === 0) continue;
      const { instanceId } = session.facts.self;
      const ofOthers = incoming.runningOn(instanceId);
      const theirs = Object.values(ofOthers).reduce((sum, n) => sum + n, 0);
      running[instanceId] = { ...ofOthers, [processId]: Math.max(0, session.running - theirs) };
    }
    const isKnown = await storage.processes.beat(processId, running);
    // It was stopped, or cut off, for so long that the others gave it up.
    if (!isKnown) await storage.processes.join(processId);
    await incoming.cancelUnwanted();
  }

  async #look(): Promise<void> {
    const { storage, processId, now, elsewhere } = this.#options;
    await this.#beat();
    await storage.processes.removeSilent(processId, SILENT_MS);
    await storage.heldDelegates.endProcess({ live: processId }, now().toISOString());
    await storage.processes.removeExpired();
    await storage.processes.announceDelegates(processId, await reconcileSessions(this.#options));
    await elsewhere.refreshProcesses();
    this.#looks += 1;
    if (this.#looks % LOOKS_PER_READING === 0) await elsewhere.refreshAll();
  }
}
