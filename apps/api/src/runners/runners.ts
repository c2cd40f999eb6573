import { hostname } from 'node:os';
import type { DelegateHub } from '../delegates/connect/hub.ts';
import { embeddedDelegate } from '../delegates/embedded-delegate.ts';
import { delegateRegistry } from '../delegates/registry.ts';
import type { Storage } from '../storage.ts';
import { processAmbient } from './ambient.ts';
import type { ConnectedDelegate, DelegateRegistry } from './delegate-registry.ts';
import { inProcessRunner } from './in-process-runner.ts';
import type { TaskRunner } from './task-runner.ts';

type AmbientOptions = Parameters<typeof processAmbient>[1];

interface RunnersOptions extends AmbientOptions {
  readonly hub: DelegateHub;
  /** The delegates that are connected to other processes. */
  readonly elsewhere: () => readonly ConnectedDelegate[];
  readonly storage: Pick<Storage, 'delegateInstances'>;
}

/** Everyone who can run a task. */
export interface Runners {
  readonly platform: TaskRunner;
  readonly delegates: DelegateRegistry;
}

/** The platform, the delegate that lives in this process, and those that are connected to it or to another process. */
export function createRunners(options: RunnersOptions): Runners {
  const { hub, elsewhere, storage } = options;
  const platform = processAmbient({ kind: 'platform', name: 'platform', hostName: hostname() }, options);
  const embedded = embeddedDelegate(options);
  return { platform: inProcessRunner(platform), delegates: delegateRegistry({ hub, embedded, elsewhere, storage }) };
}
