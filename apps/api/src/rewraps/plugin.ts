import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Storage } from '../storage.ts';
import { RewrapWorker, type RewrapWorkerDeps } from './rewrap-worker.ts';

/** How often a process looks for rewraps that another one left, in milliseconds; of its own it hears at once. */
const LOOK_MS = 5000;

/** Works on rewraps from the start of the server on; what another process began and left goes on here. */
export const rewrapPlugin = fp(
  async (app: FastifyInstance, deps: Omit<RewrapWorkerDeps, 'logger'> & { readonly storage: Storage }) => {
    const worker = new RewrapWorker({ ...deps, logger: app.log });
    let listening = false;
    const look = () => {
      if (listening) worker.look();
    };
    deps.storage.onRecorded((entries) => {
      if (entries.some(({ action, details }) => action === 'REWRAP' && details?.phase === 'started')) look();
    });
    const timer = setInterval(look, LOOK_MS).unref();
    app.addHook('onReady', async () => {
      listening = true;
      look();
    });
    app.addHook('preClose', async () => {
      listening = false;
      clearInterval(timer);
      await worker.stop();
    });
  },
);
