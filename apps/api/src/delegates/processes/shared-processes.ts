import { setTimeout as sleep } from 'node:timers/promises';
import { coalesced } from './coalesced.ts';
import { DelegatesElsewhere } from './delegates-elsewhere.ts';
import { IncomingTasks } from './incoming-tasks.ts';
import { Listener } from './listener.ts';
import { OutgoingTasks } from './outgoing-tasks.ts';
import { ProcessWatch } from './process-watch.ts';
import type { Processes, ProcessesOptions } from './processes.ts';
import { remoteSeals } from './remote-message.ts';

/** How long news of delegates are gathered before they are told, in milliseconds. */
const GATHER_MS = 20;
/** How often tasks are looked for while no notification arrives, in milliseconds. */
const LOOK_EVERY_MS = 250;
/** How long the last reports may take when the server stops, in milliseconds. */
const SETTLE_WITHIN_MS = 2000;

interface SharedOptions extends ProcessesOptions {
  readonly databaseUrl: string;
}

/** Finds the other processes through PostgreSQL, runs tasks on their delegates, and runs theirs on the delegates here. */
export function sharedProcesses(options: SharedOptions): Processes {
  const { databaseUrl, storage, masterKey, logger, now, hub, processId } = options;
  const tasks = { processId, store: storage.remoteTasks, seals: remoteSeals(masterKey), logger };
  const outgoing = new OutgoingTasks(tasks);
  const incoming = new IncomingTasks({ ...tasks, hub });
  const elsewhere = new DelegatesElsewhere({
    processId,
    storage,
    outgoing,
    logger,
    // The newest session wins: the one here is half open.
    onMoved: ({ instance, sessionId }) =>
      hub.end('replaced', ({ facts }) => facts.self.instanceId === instance.id && facts.sessionId !== sessionId),
  });
  const watch = new ProcessWatch({ processId, storage, hub, logger, now, incoming, elsewhere });

  const listener = new Listener({
    databaseUrl,
    processId,
    logger,
    onConnected() {
      void incoming.take();
      void outgoing.collect();
      void elsewhere.refreshAll();
    },
    onNotice(notice) {
      switch (notice.type) {
        case 'tasks':
          return void incoming.take();
        case 'events':
          return void outgoing.collect();
        case 'withdrawn':
          return incoming.cancel(notice.id);
        case 'delegates':
          return notice.from === processId ? undefined : void elsewhere.refresh(notice.ids);
        case 'processes':
          return void watch.look();
        case 'echo':
          return undefined;
      }
    },
  });

  const news = new Set<string>();
  const announce = coalesced(
    async () => {
      await sleep(GATHER_MS, undefined, { ref: false });
      const ids = [...news];
      news.clear();
      await storage.processes.announceDelegates(processId, ids);
    },
    (error) => logger.warn({ err: error }, 'the other processes could not be told of delegates'),
  );
  const tell = (instanceId: string) => {
    news.add(instanceId);
    void announce();
  };
  let looking: NodeJS.Timeout | undefined;

  return {
    connected: () => elsewhere.list(),
    announcing: (presence) => ({
      ...presence,
      async connected(facts) {
        const isIn = await presence.connected(facts);
        if (isIn) tell(facts.self.instanceId);
        return isIn;
      },
      async disconnected(facts, reason) {
        await presence.disconnected(facts, reason);
        tell(facts.self.instanceId);
      },
    }),
    async start() {
      await watch.start();
      await listener.start();
      looking = setInterval(() => {
        if (!listener.isConnected) void incoming.take();
      }, LOOK_EVERY_MS).unref();
    },
    async stop() {
      clearInterval(looking);
      const settled = Promise.all([incoming.settled(), outgoing.settled(), announce()]);
      await Promise.race([settled, sleep(SETTLE_WITHIN_MS, undefined, { ref: false })]);
      await listener.stop();
      await watch.stop();
    },
  };
}
