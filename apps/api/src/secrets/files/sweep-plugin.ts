import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Deps } from '../../app.ts';
import { sweepBodies } from './sweep-bodies.ts';

const EVERY_MS = 15 * 60_000;

/** Removes what uploads left that were cut off by a crash, once the server is up and then every quarter of an hour. */
export const fileSweepPlugin = fp(async (app: FastifyInstance, deps: Pick<Deps, 'storage' | 'now'>) => {
  let running: Promise<void> = Promise.resolve();
  const sweep = async () => {
    try {
      const removed = await sweepBodies(deps);
      if (removed > 0) app.log.info({ removed }, 'contents of uploads that broke off were removed');
    } catch (error) {
      app.log.warn({ err: error }, 'contents of uploads that broke off could not all be removed; the next try follows');
    }
  };
  const timer = setInterval(() => {
    running = running.then(sweep);
  }, EVERY_MS).unref();
  app.addHook('onListen', async () => {
    running = sweep();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await running;
  });
});
