import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { buildApp } from '../../../app.ts';
import { chainKey } from '../../../audit/chain.ts';
import { openDatabase } from '../../../db/client.ts';
import { createStorage } from '../../../storage.ts';
import type { TestServer } from '../../../test-connection/testing/start-server.ts';
import { ADMIN_KEY } from '../../../test-support/test-app.ts';
import { DelegateHub } from '../../connect/hub.ts';
import { createProcesses } from '../processes.ts';

/** What another process opens for itself on the database of a server. */
async function openStorage({ config, deps }: TestServer) {
  const database = await openDatabase(config);
  const storage = createStorage(database, { key: chainKey(deps.masterKey), now: deps.now });
  return { database, storage };
}

/** Another server on the database of the first, with connections of its own. */
export async function startSecondServer(first: TestServer): Promise<TestServer> {
  const { database, storage } = await openStorage(first);
  const deps = { ...first.deps, storage };
  const app = await buildApp(deps);
  const url = await app.listen({ host: first.config.host, port: 0 });
  return {
    ...first,
    app,
    deps,
    db: database.db,
    url,
    fetch: (path, init = {}) => fetch(url + path, { ...init, headers: { 'x-api-key': ADMIN_KEY, ...init.headers } }),
    async close() {
      await app.close();
      await database.close();
    },
  };
}

/** A process without sockets, that a test has run tasks on the delegates of the others. */
export async function startAsker(server: TestServer) {
  const { database, storage } = await openStorage(server);
  const processId = uuid();
  const logger = pino({ level: 'silent' });
  const processes = createProcesses({ ...server.deps, storage, logger, hub: new DelegateHub(), processId });
  await processes.start();
  return {
    processId,
    processes,
    storage,
    async close() {
      await processes.stop();
      await database.close();
    },
  };
}
