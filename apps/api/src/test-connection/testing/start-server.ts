import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '@wardline/aws-simulator';
import { MasterKey } from '@wardline/envelope';
import { buildApp } from '../../app.ts';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { createLogger } from '../../logger.ts';
import { oidcIssuer } from '../../oidc/issuer.ts';
import { createStorage } from '../../storage.ts';

/** A port that was free a moment ago: the issuer's URL must be known before the server listens. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The probe listens on no port.');
  return address.port;
}

/** The whole server, listening, with a real database and the real simulator, which fetches the issuer's keys from it. */
export async function startServer(options: { databaseUrl?: string | undefined } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'wardline-api-'));
  const port = await freePort();
  const config = loadConfig({
    PORT: String(port),
    WARDLINE_DATA_DIR: dataDir,
    WARDLINE_SIMULATOR: 'on',
    LOG_LEVEL: 'trace',
    DATABASE_URL: options.databaseUrl,
  });
  const database = await openDatabase(config);
  const simulator = await startSimulator({ oidcIssuer: oidcIssuer(config), oidcSubject: config.accountId });
  const log: string[] = [];
  const app = await buildApp({
    config,
    storage: createStorage(database),
    masterKey: MasterKey.generate(),
    simulator,
    logger: createLogger(config, { write: (line) => log.push(line) }),
    now: () => new Date(),
  });
  await app.listen({ host: config.host, port });
  return {
    app,
    config,
    database,
    simulator,
    url: config.publicUrl,
    log: () => log.join(''),
    async close() {
      await app.close();
      await simulator.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startServer>>;
