import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ambient } from '@wardline/aws-kms';
import { environmentAgents } from '@wardline/http-agent';
import type { Logger } from 'pino';
import packageJson from '../package.json' with { type: 'json' };
import type { DelegateConfig } from './config.ts';
import { type OpenSession, runSession, type SessionEnd } from './session.ts';
import { Tasks } from './tasks.ts';

/** The first wait before connecting again, at most, in milliseconds; it doubles with each failure in a row. */
const FIRST_WAIT_MS = 1000;
/** While the manager has been away for less than a minute, delegates are back within seconds of its return. */
const SHORT_WAIT_MS = 4000;
const LONG_WAIT_MS = 15_000;
const LONG_AFTER = 30;

/** A clock that is this far off is worth a word, in milliseconds: AWS refuses what is signed 5 minutes away from its own. */
const CLOCK_OFF_MS = 30_000;

/** What cannot change by trying again soon; it is tried again all the same, since an administrator may mend it. */
const HOPELESS: ReadonlySet<string> = new Set([
  'protocol-version',
  'account',
  'unknown-token',
  'revoked-token',
  'expired-token',
  'wrong-proof',
]);

/** How the delegate does, for its health endpoint. */
interface DelegateState {
  readonly connected: boolean;
  /** Why it is not; undefined while it is, or before the first attempt has ended. */
  readonly problem: string | undefined;
  readonly connections: number;
  /** How far this host's clock is ahead of Wardline's, in milliseconds; undefined before Wardline has told its own. */
  readonly clockSkewMs: number | undefined;
}

export interface RunningDelegate {
  readonly tasks: Tasks;
  state(): DelegateState;
  /** Takes nothing new, lets what runs finish, and disconnects. */
  stop(): Promise<void>;
}

/** Connects to the manager, again and again until it is told to stop, and runs what it is given. */
export function startDelegate(config: DelegateConfig, logger: Logger): RunningDelegate {
  const agents = environmentAgents({ ca: config.ca, refusals: 'answers' });
  const runner = { kind: 'delegate', name: config.name, hostName: config.hostName } as const;
  const ambient: Ambient = {
    runner,
    endpoints: (region) => config.awsEndpoints[region],
    env: process.env,
    now: () => new Date(),
    agents,
  };
  const tasks = new Tasks(config.capacity, ambient);
  const self = {
    instanceId: randomUUID(),
    name: config.name,
    hostName: config.hostName,
    description: config.description,
    tags: config.tags,
    version: packageJson.version,
    capacity: config.capacity,
  };
  const stopping = new AbortController();
  let session: OpenSession | undefined;
  let problem: string | undefined;
  let connections = 0;
  let clockSkewMs: number | undefined;
  let draining = false;

  const connectUntilStopped = async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const end = await runSession({
        ...config,
        url: config.managerUrl,
        agents,
        self,
        tasks,
        now: () => new Date(),
        signal: stopping.signal,
        onClock: (skewMs) => {
          clockSkewMs = skewMs;
          if (Math.abs(skewMs) > CLOCK_OFF_MS) logger.warn({ clockSkewMs }, describeClock(skewMs));
        },
        onOpen: (opened) => {
          session = opened;
          if (draining) opened.announceDraining();
          problem = undefined;
          failures = 0;
          connections += 1;
          logger.info({ manager: config.managerUrl.host }, 'connected');
        },
      });
      session = undefined;
      if (stopping.signal.aborted) return;
      failures += 1;
      problem = describeEnd(end);
      const waitMs = Math.random() * longestWait(failures, end);
      logger.warn({ waitMs: Math.round(waitMs) }, `not connected: ${problem}`);
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const over = connectUntilStopped();

  return {
    tasks,
    state: () => ({ connected: session !== undefined, problem, connections, clockSkewMs }),
    async stop() {
      draining = true;
      session?.announceDraining();
      await tasks.drain();
      stopping.abort();
      await over;
    },
  };
}

/** Full jitter: anything from nothing to this, so that delegates of a restarted manager do not come all at once. */
function longestWait(failures: number, end: SessionEnd): number {
  if (end.kind === 'refused' && HOPELESS.has(end.code)) return LONG_WAIT_MS;
  const most = failures > LONG_AFTER ? LONG_WAIT_MS : SHORT_WAIT_MS;
  return Math.min(most, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10));
}

function describeClock(skewMs: number): string {
  const direction = skewMs > 0 ? 'ahead of' : 'behind';
  return `The clock of this host is ${Math.round(Math.abs(skewMs) / 1000)} seconds ${direction} Wardline's. AWS refuses what is signed by a clock that is off by more than 5 minutes: set it.`;
}

function describeEnd(end: SessionEnd): string {
  switch (end.kind) {
    case 'refused':
      return `Wardline refused: ${end.message}`;
    case 'impostor':
      return 'Whoever answered has not the token and is not this delegate’s Wardline. Check MANAGER_HOST_AND_PORT, and who is in between.';
    case 'lost':
      return end.reason;
  }
}
