import { type Simulator, startSimulator } from '@wardline/aws-simulator';
import type { SimulatorSeed, Task, TaskCredential } from '@wardline/contracts';
import type { Ambient, RegionEndpoints } from '../ambient.ts';

type Key = SimulatorSeed['keys'][number];

/** A fresh simulator with tasks and an ambient that lead to it. */
export interface Lab {
  readonly simulator: Simulator;
  readonly key: (name: string) => Key;
  readonly role: (name: string) => SimulatorSeed['roles'][number];
  readonly manual: (user?: string) => TaskCredential;
  readonly task: (credential: TaskCredential, changes?: Partial<Task['connection']>) => Task;
  readonly ambient: (changes?: Partial<Ambient>) => Ambient;
  /** An ambient whose region has other endpoints than the simulator's. */
  readonly at: (endpoints: RegionEndpoints, changes?: Partial<Ambient>) => Ambient;
  readonly sts: (changes?: Partial<Extract<TaskCredential, { type: 'AssumeSTSRole' }>>) => TaskCredential;
}

const RUNNER = { kind: 'delegate', name: 'embedded', hostName: 'host-1' } as const;

function named<T extends { name: string }>(things: readonly T[], name: string): T {
  const found = things.find((thing) => thing.name === name);
  if (!found) throw new Error(`The simulator has no ${name}.`);
  return found;
}

/** Starts the simulator; close it with `lab.simulator.close()`. */
export async function openLab(options: Parameters<typeof startSimulator>[0] = {}): Promise<Lab> {
  const simulator = await startSimulator(options);
  const key = (name: string): Key => named(simulator.seed.keys, name);
  const role = (name: string) => named(simulator.seed.roles, name);
  const at = (endpoints: RegionEndpoints, changes: Partial<Ambient> = {}): Ambient => ({
    runner: RUNNER,
    endpoints: (region) => (region === simulator.region ? endpoints : undefined),
    env: {},
    now: () => new Date(),
    ...changes,
  });
  return {
    simulator,
    key,
    role,
    at,
    ambient: (changes) => at(simulator.endpoints, changes),
    manual: (user = 'wardline') => {
      const { accessKeyId, secretAccessKey } = named(simulator.seed.users, user);
      return { type: 'ManualConfig', accessKeyId, secretAccessKey };
    },
    sts: (changes = {}) => ({
      type: 'AssumeSTSRole',
      roleArn: role('wardline-kms').arn,
      externalId: role('wardline-kms').externalId,
      durationSeconds: 3600,
      ...changes,
    }),
    task: (credential, changes = {}) => ({
      kind: 'test-connection',
      id: 'test-1',
      deadlineMs: 15_000,
      connection: { keyArn: key('working').arn, region: simulator.region, credential, ...changes },
      encryptionContext: { 'wardline:purpose': 'connection-test' },
    }),
  };
}
