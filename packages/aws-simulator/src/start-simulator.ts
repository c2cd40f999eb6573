import { Administration } from './control/administration.ts';
import { startControlApi } from './control/control-api.ts';
import { FaultBoard } from './faults/fault-control.ts';
import { containerCredentials } from './host/container-credentials.ts';
import { instanceMetadata } from './host/instance-metadata.ts';
import { RequestCounter } from './http/request-counts.ts';
import { serve } from './http/server.ts';
import { kmsService } from './kms/kms-service.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { describeSeed } from './state/describe-seed.ts';
import { seedState } from './state/seed.ts';
import { trustIssuer } from './state/seed-oidc.ts';
import { readStateFile } from './state/state-file.ts';
import { Store } from './state/store.ts';
import { stsService } from './sts/sts-service.ts';

function openStore(options: SimulatorOptions, clock: () => Date): Store {
  const { statePath, oidcIssuer, oidcSubject = 'default' } = options;
  const former = statePath === undefined ? undefined : readStateFile(statePath);
  const region = options.region ?? former?.region ?? 'local-1';
  if (former && former.region !== region) {
    throw new Error(
      `The simulator state ${statePath} belongs to region ${former.region}, not ${region}: its key ARNs name that region. ` +
        'Start with that region, or delete the file to start with new keys.',
    );
  }
  const state = former ?? seedState(region, clock());
  if (oidcIssuer !== undefined) trustIssuer(state, oidcIssuer, oidcSubject);
  return new Store(state, statePath);
}

/**
 * Starts KMS, STS, instance metadata, container credentials and the control API, each on a free port of 127.0.0.1.
 * @throws Error when the state file cannot be read or written, or is of another region.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = options.now ?? (() => new Date());
  const store = openStore(options, clock);
  const faults = new FaultBoard();
  const admin = new Administration(store, clock);
  const requests = new RequestCounter();
  const setting = { board: faults, requests, clock };
  const container = containerCredentials(store);
  const [kms, sts, imds, task, control] = await Promise.all([
    serve(kmsService(store), setting),
    serve(stsService(store), setting),
    serve(instanceMetadata(store), setting),
    serve(container.service, setting),
    startControlApi(store, admin, { faults, requests }),
  ]);
  return {
    region: store.state.region,
    accountId: store.state.accountId,
    endpoints: { kms: kms.url, sts: sts.url, imds: imds.url },
    containerCredentials: { uri: task.url + container.path, authorizationToken: container.authorizationToken },
    controlUrl: control.url,
    get seed() {
      return { ...describeSeed(store.state), controlUrl: control.url };
    },
    faults,
    requests,
    admin,
    async close() {
      await Promise.all([kms, sts, imds, task, control].map((listener) => listener.close()));
    },
  };
}
