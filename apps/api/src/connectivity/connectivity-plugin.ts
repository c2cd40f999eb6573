import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import type { TestDeps } from '../test-connection/run-test.ts';
import { ConnectivityChecks } from './connectivity-checks.ts';

/** After a start, delegates get this long to come back: tested at once, what needs them would seem to have failed. */
const GRACE_MS = 30_000;
/** How often this process looks for what is due, in milliseconds. */
const LOOK_MS = 5000;

interface ConnectivityOptions extends TestDeps {
  readonly config: Config;
  /** In milliseconds. */
  readonly graceMs?: number;
  readonly lookMs?: number;
}

/** Tests every stored connector each WARDLINE_CONNECTIVITY_MINUTES, from half a minute after the start on. */
export const connectivityPlugin = fp(async (app: FastifyInstance, deps: ConnectivityOptions) => {
  const { connectivityMinutes } = deps.config;
  const { graceMs = GRACE_MS, lookMs = LOOK_MS } = deps;
  if (connectivityMinutes === 0) return;
  const checks = new ConnectivityChecks({ ...deps, logger: app.log, everyMs: connectivityMinutes * 60_000 });
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();

  const look = (work: () => Promise<void>, delayMs: number) => {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = work()
        .catch((error: unknown) => app.log.error({ err: error }, 'due connectivity checks could not be looked for'))
        .then(() => look(() => checks.look(), lookMs));
    }, delayMs).unref();
  };

  app.addHook('onListen', async () => look(() => checks.spreadOverdue(), graceMs));
  // Before the delegates are sent away: what they break off then says nothing about a connection.
  app.addHook('preClose', async () => {
    stopped = true;
    clearTimeout(timer);
    await Promise.all([checks.stop(), looking]);
  });
});
