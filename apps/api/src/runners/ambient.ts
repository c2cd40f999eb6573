import type { Ambient } from '@wardline/aws-kms';
import type { Runner } from '@wardline/contracts';
import type { Config } from '../config.ts';
import type { SimulatorHandle } from '../simulator/simulator-handle.ts';

interface AmbientOptions {
  readonly config: Pick<Config, 'awsEndpoints'>;
  readonly simulator: SimulatorHandle | undefined;
  readonly now: () => Date;
}

/**
 * What this process lends to a task. Endpoints of the configuration come first, then the simulator's for its own
 * region; every other region is resolved by the SDK and is real AWS, with the real identity of this host.
 */
export function processAmbient(runner: Runner, { config, simulator, now }: AmbientOptions): Ambient {
  return {
    runner,
    endpoints: (region) =>
      config.awsEndpoints[region] ?? (region === simulator?.region ? simulator.endpoints : undefined),
    env: process.env,
    now,
  };
}
