import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { DelegateGroup } from '@wardline/contracts';
import packageJson from '../../package.json' with { type: 'json' };
import { processAmbient } from '../runners/ambient.ts';
import type { RegisteredDelegate } from '../runners/delegate-registry.ts';
import { inProcessRunner } from '../runners/in-process-runner.ts';

const NAME = 'embedded';

/**
 * The delegate that lives inside the server: it runs tasks with this host's identity and network, and is listed
 * like any other. Its heartbeat is the present, for it is this process that answers.
 */
export function embeddedDelegate(options: Parameters<typeof processAmbient>[1]): RegisteredDelegate {
  const hostName = hostname();
  // The same across restarts, so that a stored test still names the delegate that ran it.
  const uuid = createHash('sha256').update(`${NAME}@${hostName}`).digest('base64url').slice(0, 22);
  return {
    runner: inProcessRunner(processAmbient({ kind: 'delegate', name: NAME, hostName }, options)),
    describe: () => describeGroup(uuid, hostName, options.now().getTime()),
  };
}

function describeGroup(uuid: string, hostName: string, now: number): DelegateGroup {
  return {
    groupId: uuid,
    delegateGroupIdentifier: NAME,
    delegateType: 'EMBEDDED',
    groupName: NAME,
    delegateDescription: 'Runs inside the Wardline server, with the identity and network of its host.',
    groupImplicitSelectors: { [hostName]: 'HOST_NAME', [NAME]: 'DELEGATE_NAME' },
    groupCustomSelectors: [NAME],
    lastHeartBeat: now,
    connectivityStatus: 'connected',
    activelyConnected: true,
    delegateInstanceDetails: [
      {
        uuid,
        lastHeartbeat: now,
        activelyConnected: true,
        hostName,
        tokenActive: true,
        version: packageJson.version,
        delegateExpirationTime: 0,
      },
    ],
    tokenActive: true,
    autoUpgrade: 'OFF',
    groupVersion: packageJson.version,
    immutable: true,
  };
}
