import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { ConnectorStats } from '@wardline/contracts';
import { expect, it } from 'vitest';
import type { Failure, Success } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp } from '../test-support/test-app.ts';

/** Carries connections to the database, so that a test can take the database away and give it back. */
async function startLink(target: URL) {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    return socket;
  };
  const listen = async (port: number): Promise<Server> => {
    const server = createServer((client) => {
      const upstream = keep(connect(Number(target.port), target.hostname));
      keep(client).pipe(upstream).pipe(client);
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server = await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The link has no port.');
  const { port } = address;
  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${port}` }).href,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async mend() {
      server = await listen(port);
    },
  };
}

describeEachEngine((engine) => {
  if (engine === 'postgres') {
    it('answers 503 while the database is away, and serves again when it is back', async () => {
      const direct = await startTestApp(engine);
      const link = await startLink(new URL(direct.deps.config.databaseUrl ?? ''));
      // A second server on the same database, which reaches it over the link only.
      const app = await startTestApp('sqlite', {
        env: {
          DATABASE_URL: link.url,
          WARDLINE_MASTER_KEY: direct.deps.masterKey.exportBase64(),
        },
      });
      const ask = () => app.call<Success<ConnectorStats> & Failure>('GET', '/ng/api/connectors/stats');
      expect((await ask()).status).toBe(200);
      await link.cut();
      for (let round = 0; round < 3; round++) {
        const { status, body } = await ask();
        expect([status, body.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
        expect(body.message).toContain('database cannot be reached');
      }
      await link.mend();
      await expect.poll(async () => (await ask()).status).toBe(200);
      await link.cut();
      await app.close();
      await direct.close();
    });

    it('runs a transaction again that lost a deadlock', async () => {
      const app = await startTestApp(engine);
      const { storage } = app.deps;
      const places = [{ orgIdentifier: 'one' }, { orgIdentifier: 'two' }];
      let runs = 0;
      let bothHoldOne = () => {};
      const met = new Promise<void>((resolve) => {
        bothHoldOne = resolve;
      });
      const lockInOrder = (order: typeof places) =>
        storage.unrecorded(async ({ connectors }) => {
          runs += 1;
          for (const [index, place] of order.entries()) {
            await connectors.lockScope(place);
            if (index === 0 && runs === 2) bothHoldOne();
            if (index === 0) await met;
          }
        });
      await storage.unrecorded(({ connectors }) => connectors.lockScope(places[0] ?? {}));
      await storage.unrecorded(({ connectors }) => connectors.lockScope(places[1] ?? {}));
      await Promise.all([lockInOrder(places), lockInOrder(places.toReversed())]);
      expect(runs).toBeGreaterThan(2);
      await app.close();
    });
  }

  it('never runs a transaction again that failed by itself', async () => {
    const app = await startTestApp(engine);
    let runs = 0;
    const failing = app.deps.storage.unrecorded(async () => {
      runs += 1;
      throw new Error('a bug');
    });
    await expect(failing).rejects.toThrow('a bug');
    expect(runs).toBe(1);
    await app.close();
  });
});
