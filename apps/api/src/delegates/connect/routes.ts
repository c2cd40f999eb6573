import fastifyWebsocket from '@fastify/websocket';
import { CONNECT_PATH, MAX_FRAME_BYTES } from '@wardline/delegate-protocol';
import type { FastifyPluginAsync } from 'fastify';
import { publicRoute } from '../../access/route-access.ts';
import { WardlineError } from '../../wardline-error.ts';
import { acceptDelegate, type ConnectDeps } from './accept-delegate.ts';
import { HEARTBEAT_MS } from './admit.ts';
import { PendingHandshakes } from './pending-handshakes.ts';

/** A delegate that has been silent for this long is gone, in milliseconds: three heartbeats. */
const SILENT_MS = 3 * HEARTBEAT_MS;
/** How often tokens and silence are looked at, in milliseconds; a revoked token's delegates are gone within 5 s. */
const WATCH_MS = 2000;
/** How often heartbeats are stored, in milliseconds: others read them there. */
const STORE_MS = 30_000;

/** The WebSocket that delegates open, and the watch over those that are connected. */
export const delegateConnectRoutes: FastifyPluginAsync<Omit<ConnectDeps, 'pending'>> = async (app, deps) => {
  const { hub, presence, storage, now, logger } = deps;
  const pending = new PendingHandshakes();
  const timers: NodeJS.Timeout[] = [];
  await app.register(fastifyWebsocket, {
    options: { maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false },
    // In place of the library's, which closes every connection without a word.
    preClose: (done) => {
      for (const timer of timers) clearInterval(timer);
      hub.end('shutting-down');
      const { websocketServer } = app;
      for (const socket of websocketServer.clients) if (socket.readyState === socket.OPEN) socket.terminate();
      websocketServer.close(() => done());
    },
  });
  app.get(
    CONNECT_PATH,
    {
      websocket: true,
      config: publicRoute(
        'A delegate proves in its first frame that it has a token; until then it gets a challenge only.',
      ),
      schema: { hide: true },
      onRequest: (request, _reply, done) => done(pending.isFull(request.ip) ? tooManyHandshakes() : undefined),
    },
    (socket, request) => acceptDelegate(socket, request, { ...deps, pending }),
  );

  const endTokens = async () => {
    const ids = [...new Set(hub.list().map(({ facts }) => facts.tokenRowId))];
    const ended = await storage.delegateTokens.findEnded(ids, now().toISOString());
    for (const [id, code] of ended) hub.end(code, ({ facts }) => facts.tokenRowId === id);
  };
  let watchedAt = performance.now();
  const endSilent = () => {
    const sinceMs = performance.now() - watchedAt;
    watchedAt = performance.now();
    // If this process itself stood still, what was sent to it meanwhile has not been read yet.
    if (sinceMs < 2 * WATCH_MS) hub.end('too-slow', (session) => session.silentMs > SILENT_MS || session.isTooSlow);
  };
  const repeat = (work: () => Promise<void>, ms: number) =>
    setInterval(() => {
      work().catch((error: unknown) => logger.warn({ err: error }, 'the watch over delegates failed'));
    }, ms).unref();

  timers.push(
    repeat(async () => {
      endSilent();
      await endTokens();
    }, WATCH_MS),
    repeat(() => presence.storeHeartbeats(hub), STORE_MS),
  );
  storage.onRecorded((entries) => {
    if (entries.some(({ resource }) => resource.type === 'DELEGATE_TOKEN')) void endTokens().catch(() => {});
  });
};

function tooManyHandshakes(): WardlineError {
  return new WardlineError(
    'TOO_MANY_REQUESTS',
    'Too many delegates are connecting at the same moment. A delegate tries again by itself.',
  );
}
