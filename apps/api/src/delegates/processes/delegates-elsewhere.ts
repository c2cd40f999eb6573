import type { FastifyBaseLogger } from 'fastify';
import type { ConnectedDelegate } from '../../runners/delegate-registry.ts';
import type { Storage } from '../../storage.ts';
import { instanceTags } from '../delegate-instance.ts';
import { coalesced } from './coalesced.ts';
import type { HeldInstance } from './held-delegate-store.ts';
import type { OutgoingTasks } from './outgoing-tasks.ts';
import type { Running } from './process-store.ts';

/** How many delegates are read one by one before all of them are read at once. */
const ONE_BY_ONE = 500;

interface ElsewhereOptions {
  readonly processId: string;
  readonly storage: Pick<Storage, 'heldDelegates' | 'processes'>;
  readonly outgoing: OutgoingTasks;
  readonly logger: FastifyBaseLogger;
  /** The delegate has a session elsewhere that is newer than any session here. */
  readonly onMoved: (held: HeldInstance) => void;
}

/** A copy in memory of which delegates are connected to the other processes: every dispatch asks, and waits for nothing. */
export class DelegatesElsewhere {
  readonly #options: ElsewhereOptions;
  #held = new Map<string, { readonly processId: string; readonly delegate: ConnectedDelegate }>();
  #processes: ReadonlyMap<string, Running> = new Map();
  #stale: Set<string> | 'all' = new Set();
  readonly #read: () => Promise<void>;

  constructor(options: ElsewhereOptions) {
    this.#options = options;
    this.#read = coalesced(
      () => this.#readStale(),
      (error) => options.logger.warn({ err: error }, 'the delegates of other processes could not be read'),
    );
  }

  list(): ConnectedDelegate[] {
    return [...this.#held.values()]
      .filter(({ processId }) => this.#processes.has(processId))
      .map(({ delegate }) => delegate);
  }

  /** Reads those that have come or gone. */
  async refresh(ids: readonly string[]): Promise<void> {
    if (this.#stale !== 'all') for (const id of ids) this.#stale.add(id);
    await this.#read();
  }

  async refreshAll(): Promise<void> {
    this.#stale = 'all';
    await this.#read();
  }

  /** Reads who is alive and how busy; the delegates too, if a process has come or gone. */
  async refreshProcesses(): Promise<void> {
    const before = this.#processes;
    this.#processes = await this.#options.storage.processes.list();
    const same = before.size === this.#processes.size && [...before.keys()].every((id) => this.#processes.has(id));
    if (!same) await this.refreshAll();
  }

  async #readStale(): Promise<void> {
    const { storage, processId, onMoved } = this.#options;
    const stale = this.#stale;
    this.#stale = new Set();
    const ids = stale === 'all' || stale.size > ONE_BY_ONE ? undefined : [...stale];
    if (ids?.length === 0) return;
    try {
      const found = await storage.heldDelegates.elsewhere(processId, ids);
      if (ids) for (const id of ids) this.#held.delete(id);
      else this.#held = new Map();
      for (const held of found) {
        this.#held.set(held.instance.id, { processId: held.processId, delegate: this.#describe(held) });
        onMoved(held);
      }
    } catch (error) {
      // What could not be read is still to be read.
      this.#stale = 'all';
      throw error;
    }
  }

  #describe({ instance, processId, sessionId }: HeldInstance): ConnectedDelegate {
    const { id: instanceId, name, hostName, place, capacity } = instance;
    // What it has from here is known to the moment; what it has from others, its process says every few seconds.
    const running = () => {
      const reported = Object.entries(this.#processes.get(processId)?.[instanceId] ?? {});
      const ofOthers = reported.filter(([from]) => from !== this.#options.processId);
      return ofOthers.reduce((sum, [, n]) => sum + n, this.#options.outgoing.runningOn(instanceId));
    };
    return {
      tags: instanceTags(instance),
      place,
      candidate: {
        id: instanceId,
        load: () => running() / capacity,
        runner: {
          runner: { kind: 'delegate', name, hostName },
          run: (task, signal) => this.#options.outgoing.run({ processId, instanceId, sessionId }, task, signal),
        },
      },
      describe: () => ({ ...instance, running: running() }),
    };
  }
}
