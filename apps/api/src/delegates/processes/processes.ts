import type { MasterKey } from '@wardline/envelope';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../../config.ts';
import type { ConnectedDelegate } from '../../runners/delegate-registry.ts';
import type { Storage } from '../../storage.ts';
import type { DelegateHub } from '../connect/hub.ts';
import type { Presence } from '../connect/presence.ts';
import { sharedProcesses } from './shared-processes.ts';

export interface ProcessesOptions {
  readonly config: Pick<Config, 'databaseUrl'>;
  readonly storage: Storage;
  readonly masterKey: MasterKey;
  readonly logger: FastifyBaseLogger;
  readonly now: () => Date;
  readonly hub: DelegateHub;
  readonly processId: string;
}

/** What this process has to do with others that share its database. */
export interface Processes {
  /** The delegates that are connected to other processes. */
  connected(): readonly ConnectedDelegate[];
  /** The same presence, of which the other processes hear. */
  announcing(presence: Presence): Presence;
  start(): Promise<void>;
  /** To be called when the sessions of the delegates are over. */
  stop(): Promise<void>;
}

/** The processes that share a PostgreSQL. An embedded database has one process only, which has nobody to talk to. */
export function createProcesses(options: ProcessesOptions): Processes {
  const { config, storage, processId, now } = options;
  if (config.databaseUrl) return sharedProcesses({ ...options, databaseUrl: config.databaseUrl });
  return {
    connected: () => [],
    announcing: (presence) => presence,
    async start() {
      // Whatever an earlier start held, and had no time to say, is over.
      await storage.heldDelegates.endProcess({ live: processId }, now().toISOString());
    },
    async stop() {},
  };
}
