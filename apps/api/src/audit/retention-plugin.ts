import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Deps } from '../app.ts';
import { pruneEvents } from './prune-events.ts';

const DAILY_MS = 86_400_000;

/** Removes events older than WARDLINE_AUDIT_RETENTION_DAYS once the server is up, and then once a day. */
export const retentionPlugin = fp(async (app: FastifyInstance, deps: Deps) => {
  const { auditRetentionDays } = deps.config;
  if (auditRetentionDays === undefined) return;
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  const prune = async () => {
    try {
      const removed = await pruneEvents(deps, auditRetentionDays, stopping.signal);
      if (removed > 0) app.log.info({ removed, auditRetentionDays }, 'old audit events were removed');
    } catch (error) {
      app.log.error({ err: error }, 'old audit events were not all removed; the next try is tomorrow');
    }
  };
  const timer = setInterval(() => {
    running = running.then(prune);
  }, DAILY_MS);
  timer.unref();

  app.addHook('onListen', async () => {
    running = prune();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    stopping.abort();
    await running;
  });
});
