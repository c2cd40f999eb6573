import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { ValueProver, type ValueProverDeps } from './value-prover.ts';

/** After a start, delegates get this long to come back: until then nothing that needs them could be read. */
const GRACE_MS = 60_000;

/** Proves a sample of what is stored each WARDLINE_PROOF_MINUTES, from a minute after the start on. */
export const proofsPlugin = fp(async (app: FastifyInstance, deps: Omit<ValueProverDeps, 'logger'>) => {
  const everyMs = deps.config.secrets.proofMinutes * 60_000;
  if (everyMs === 0) return;
  const prover = new ValueProver({ ...deps, logger: app.log });
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = (delayMs: number) => {
    timer = setTimeout(() => {
      looking = prover
        .look()
        .catch((error: unknown) =>
          app.log.error({ err: error }, 'stored values could not be proven; the next try follows'),
        )
        .then(() => look(everyMs));
    }, delayMs).unref();
  };
  app.addHook('onListen', async () => look(GRACE_MS));
  app.addHook('preClose', async () => {
    prover.stop();
    clearTimeout(timer);
    await looking;
    clearTimeout(timer);
  });
});
