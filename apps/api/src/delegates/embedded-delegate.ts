import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import packageJson from '../../package.json' with { type: 'json' };
import { processAmbient } from '../runners/ambient.ts';
import type { ConnectedDelegate } from '../runners/delegate-registry.ts';
import { inProcessRunner } from '../runners/in-process-runner.ts';

/** Its name and its tag; no other delegate may have it, or it would get what is meant for this host. */
export const EMBEDDED_NAME = 'embedded';
/** It has no limit of its own; this only makes it as attractive as a delegate of the usual size. */
const CAPACITY = 10;

/**
 * The delegate that lives inside the server: it runs tasks with this host's identity and network, and is listed
 * like any other. Its heartbeat is the present, for it is this process that answers.
 */
export function embeddedDelegate(options: Parameters<typeof processAmbient>[1]): ConnectedDelegate {
  const hostName = hostname();
  const own = inProcessRunner(processAmbient({ kind: 'delegate', name: EMBEDDED_NAME, hostName }, options));
  // The same across restarts, so that a stored test still names the delegate that ran it.
  const id = createHash('sha256').update(`${EMBEDDED_NAME}@${hostName}`).digest('base64url').slice(0, 22);
  let running = 0;
  return {
    describe: () => ({
      id,
      type: 'EMBEDDED',
      name: EMBEDDED_NAME,
      hostName,
      description: 'Runs inside the Wardline server, with the identity and network of its host.',
      tags: [EMBEDDED_NAME],
      place: {},
      version: packageJson.version,
      capacity: CAPACITY,
      connected: true,
      lastHeartbeatAt: options.now(),
      tokenActive: true,
      tokenName: null,
      clockSkewMs: 0,
      running,
      disconnectReason: null,
    }),
    tags: [EMBEDDED_NAME, hostName],
    place: {},
    candidate: {
      id,
      load: () => running / CAPACITY,
      runner: {
        runner: own.runner,
        async *run(task, signal) {
          running += 1;
          try {
            yield* own.run(task, signal);
          } finally {
            running -= 1;
          }
        },
      },
    },
  };
}
