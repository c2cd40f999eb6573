import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Storage } from '../storage.ts';
import type { Authenticator } from './authenticator.ts';

/** How often the times of last use are stored, in milliseconds: not with each request, which would cost a write. */
const EVERY_MS = 30_000;

/** Stores when each token was last used; exact to half a minute while the server runs. */
export const lastUsedPlugin = fp(
  async (app: FastifyInstance, options: { readonly storage: Storage; readonly authenticator: Authenticator }) => {
    const store = async () => {
      const used = options.authenticator.takeUsed();
      if (used.size > 0) await options.storage.unrecorded(({ tokens }) => tokens.markUsed(used));
    };
    const timer = setInterval(() => {
      store().catch((error: unknown) => app.log.warn({ err: error }, 'the last use of API keys was not stored'));
    }, EVERY_MS);
    timer.unref();
    app.addHook('onClose', async () => {
      clearInterval(timer);
      await store().catch((error: unknown) => app.log.warn({ err: error }, 'the last use of API keys was not stored'));
    });
  },
);
