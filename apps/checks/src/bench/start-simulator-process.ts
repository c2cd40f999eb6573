import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SimulatorSeed } from '@wardline/contracts';
import { repositoryRoot } from '../repository-root.ts';
import { cleanEnvironment } from '../server/environment.ts';

interface SimulatorAddress {
  readonly region: string;
  readonly endpoints: { readonly kms: string; readonly sts: string; readonly imds: string };
  readonly seed: SimulatorSeed;
}

export interface SimulatorProcess extends SimulatorAddress {
  stop(): Promise<void>;
}

/** The simulator in a process of its own, so that it takes no time from what is measured. */
export async function startSimulatorProcess(): Promise<SimulatorProcess> {
  const script = join(repositoryRoot, 'apps/checks/src/bench/simulator-process.ts');
  const child = spawn(process.execPath, [join(repositoryRoot, 'apps/checks/run.mjs'), script], {
    env: cleanEnvironment({}),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const stop = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { ...(JSON.parse(line) as SimulatorAddress), stop };
}
