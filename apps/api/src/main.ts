import { buildApp } from './app.ts';
import { chainKey } from './audit/chain.ts';
import { clearTextWarning } from './clear-text.ts';
import { type Config, loadConfig } from './config.ts';
import { prepareDataDir } from './data-dir.ts';
import { openDatabase } from './db/client.ts';
import { bootstrapAdministrator } from './identity/bootstrap-administrator.ts';
import { makeSetupLink } from './identity/setup-link.ts';
import { createLogger } from './logger.ts';
import { checkMasterKey, describeOrigin, loadMasterKey, type MasterKeyOrigin } from './master-key.ts';
import { bootstrapApiKey } from './service-accounts/bootstrap-api-key.ts';
import { startConfiguredSimulator } from './simulator/start-simulator.ts';
import { explainStartError } from './start-error.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { createStorage } from './storage.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Opens everything, in the order of need; whatever opened is closed again, last first, on a signal. */
async function start(config: Config): Promise<void> {
  const logger = createLogger(config);
  const warning = clearTextWarning(config);
  if (warning) logger.warn(warning);
  prepareDataDir(config.dataDir);
  const database = await openDatabase(config, (opened) => checkMasterKey(config, opened));
  const { masterKey, origin, isNewDatabase } = await loadMasterKey(config, database);
  announce(origin);
  // Whoever has the database can make it look so, and nothing in it tells; this line is where they can't reach.
  if (isNewDatabase) print('This database is new: its audit log begins now.');
  const simulator = await startConfiguredSimulator(config);
  const now = () => new Date();
  const storage = createStorage(database, { key: chainKey(masterKey), now });
  const deps = { config, storage, masterKey, simulator, logger, now };
  const { apiKey, administrator } = config.bootstrap;
  if (apiKey) await bootstrapApiKey(deps, apiKey);
  if (administrator) await bootstrapAdministrator(deps, administrator);
  const setup = await makeSetupLink(deps);
  const app = await buildApp(deps);
  const address = await app.listen({ host: config.host, port: config.port });
  stopOnSignal([app, ...(simulator ? [simulator] : []), storage, database], logger);
  print(`Wardline is ready: ${address}`);
  if (setup) {
    print(`Nobody can sign in yet. Make the first administrator, once and within an hour: ${setup.link}`);
  }
}

/** Where the master key is, never the key. Without it nothing stored can be read, so a new one is worth a sentence. */
function announce(origin: MasterKeyOrigin): void {
  if (origin.kind === 'made') {
    print(`Made a new master key: ${origin.path}`);
    print('Back it up: without it nothing that is stored here can be read again.');
  } else {
    print(`Master key: ${describeOrigin(origin)}`);
  }
}

let config: Config | undefined;
try {
  config = loadConfig(process.env);
  await start(config);
} catch (error) {
  process.stderr.write(`Wardline cannot start. ${explainStartError(error, config)}\n`);
  process.exit(1);
}
