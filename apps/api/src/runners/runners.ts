import { hostname } from 'node:os';
import { embeddedDelegate } from '../delegates/embedded-delegate.ts';
import { processAmbient } from './ambient.ts';
import type { DelegateRegistry } from './delegate-registry.ts';
import { inProcessRunner } from './in-process-runner.ts';
import type { TaskRunner } from './task-runner.ts';

type AmbientOptions = Parameters<typeof processAmbient>[1];

/** Everyone who can run a task. */
export interface Runners {
  readonly platform: TaskRunner;
  readonly delegates: DelegateRegistry;
}

/** The platform, and the one delegate that lives in this process. */
export function createRunners(options: AmbientOptions): Runners {
  const platform = processAmbient({ kind: 'platform', name: 'platform', hostName: hostname() }, options);
  const embedded = embeddedDelegate(options);
  return { platform: inProcessRunner(platform), delegates: { list: () => [embedded] } };
}
