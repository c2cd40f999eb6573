import { join } from 'node:path';
import type { Config } from '../config.ts';
import { oidcIssuer, oidcSubject } from '../oidc/issuer.ts';
import type { SimulatorHandle } from './simulator-handle.ts';
import { writeSeedFile } from './write-seed-file.ts';

/**
 * Starts the AWS simulator beside the server where the configuration asks for it, and writes what it was seeded with
 * to `simulator.json` in the data directory. Its code is loaded only here: a production process never sees it.
 */
export async function startConfiguredSimulator(config: Config): Promise<SimulatorHandle | undefined> {
  if (!config.simulator) return undefined;
  const { startSimulator } = await import('@wardline/aws-simulator');
  const simulator = await startSimulator({
    statePath: join(config.dataDir, 'simulator-state.json'),
    oidcIssuer: oidcIssuer(config),
    oidcSubject: oidcSubject({ accountIdentifier: config.accountId }),
  });
  writeSeedFile(join(config.dataDir, 'simulator.json'), simulator.seed);
  return simulator;
}
