import { buildApp } from '../../app.ts';
import type { Engine } from '../../db/client.ts';
import { createLogger } from '../../logger.ts';
import { freePort } from '../../test-support/free-port.ts';
import { ADMIN_KEY, startTestApp } from '../../test-support/test-app.ts';

const ADMIN = { 'x-api-key': ADMIN_KEY };

/** The whole server, listening, with a real database and the real simulator, which fetches the issuer's keys from it. */
export async function startServer(engine: Engine) {
  // The issuer's URL must be known before the server listens.
  const port = await freePort();
  const testApp = await startTestApp(engine, { env: { PORT: String(port), WARDLINE_SIMULATOR: 'on' } });
  const { config, simulator } = testApp.deps;
  if (!simulator) throw new Error('The simulator did not start.');
  const log: string[] = [];
  const logger = createLogger({ logLevel: 'trace' }, { write: (line) => log.push(line) });
  const app = await buildApp({ ...testApp.deps, logger });
  await app.listen({ host: config.host, port });
  return {
    app,
    /** The application on the same database, to prepare things in. */
    testApp,
    config,
    simulator,
    deps: testApp.deps,
    db: testApp.database.db,
    url: config.publicUrl,
    /** Calls the server as an administrator. */
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(config.publicUrl + path, { ...init, headers: { ...ADMIN, ...init.headers } }),
    /** Every line that the server has logged, at all levels. */
    log: () => log.join(''),
    async close() {
      await app.close();
      await testApp.close();
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startServer>>;
