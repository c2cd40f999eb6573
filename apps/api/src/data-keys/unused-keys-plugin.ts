import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { removeUnusedKeys, type UnusedKeysDeps } from './remove-unused-keys.ts';

const EVERY_MS = 3_600_000;
/** After a start there is other work first. */
const FIRST_MS = 300_000;

/** Removes the data keys that no stored value uses any more, each hour from some minutes after the start on. */
export const unusedKeysPlugin = fp(async (app: FastifyInstance, deps: UnusedKeysDeps) => {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const remove = async () => {
    try {
      const removed = await removeUnusedKeys(deps, stopping.signal);
      if (removed > 0) app.log.info({ removed }, 'data keys that no value used any more were removed');
    } catch (error) {
      app.log.warn({ err: error }, 'unused data keys could not all be removed; the next try follows');
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const look = (delayMs: number) => {
    timer = setTimeout(() => {
      running = remove().then(() => {
        if (!stopping.signal.aborted) look(EVERY_MS);
      });
    }, delayMs).unref();
  };
  app.addHook('onListen', async () => look(FIRST_MS));
  app.addHook('preClose', async () => {
    clearTimeout(timer);
    stopping.abort();
    await running;
  });
});
