import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Processes } from './processes.ts';

/** Joins the other processes before the first request, and leaves them after the last. */
export const processesPlugin = fp(async (app: FastifyInstance, processes: Processes) => {
  app.addHook('onReady', () => processes.start());
  app.addHook('onClose', () => processes.stop());
});
