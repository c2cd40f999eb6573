import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { WardlineError } from '../wardline-error.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether the server has stopped taking new work. */
    isDraining(): boolean;
  }
}

interface DrainOptions {
  /** How long running requests may take to finish once the server is told to stop, in milliseconds. */
  readonly drainMs?: number;
}

/**
 * Ends the server politely: from the moment it is told to close, new requests get 503 (so that a load balancer
 * looks elsewhere) while those already running finish, and only then does it stop listening.
 */
export const drainPlugin = fp(async (app: FastifyInstance, { drainMs = 10_000 }: DrainOptions) => {
  const running = new Set<ServerResponse>();
  let draining = false;
  let idle: (() => void) | undefined;

  app.decorate('isDraining', () => draining);

  app.addHook('onRequest', async (request, reply) => {
    if (request.url.split('?')[0] === '/health') return;
    if (draining) throw new WardlineError('SERVICE_UNAVAILABLE', 'This server is stopping. Try again in a moment.');
    // A delegate's connection lasts until its own feature ends it, which knows how to take leave.
    if (request.headers.upgrade?.toLowerCase() === 'websocket') return;
    const { raw } = reply;
    running.add(raw);
    const ended = () => {
      running.delete(raw);
      if (running.size === 0) idle?.();
    };
    raw.once('finish', ended).once('close', ended);
  });

  app.addHook('preClose', async () => {
    draining = true;
    if (running.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, drainMs);
      idle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    for (const response of running) response.destroy();
  });
});
