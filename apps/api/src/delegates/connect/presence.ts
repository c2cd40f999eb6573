import { CONNECT_PATH, type DelegateSelf, type RefusalCode } from '@wardline/delegate-protocol';
import { type Actor, ANONYMOUS, systemActor } from '../../access/principal.ts';
import { Refusals } from '../../access/refusals.ts';
import { clientNetwork } from '../../limits/client-network.ts';
import { TokenBuckets } from '../../limits/token-buckets.ts';
import type { Storage } from '../../storage.ts';
import type { SessionFacts } from './delegate-session.ts';
import type { DelegateHub } from './hub.ts';

/** Keeps in the database which delegates are connected, to which process, and why others are not. */
export interface Presence {
  /** @returns false where the instance id came with another token before, to any process: it may not come in, which is on record. */
  connected(facts: SessionFacts): Promise<boolean>;
  disconnected(facts: SessionFacts, reason: string): Promise<void>;
  refused(code: RefusalCode, address: string, self: DelegateSelf): Promise<void>;
  /** Stores the last heartbeats of everyone connected here, in one transaction. */
  storeHeartbeats(hub: DelegateHub): Promise<void>;
}

/** Stored heartbeats are rounded down to this, in milliseconds, so that delegates share a statement. */
const HEARTBEAT_STEP_MS = 5000;
/** What one delegate that tries again and again leaves on the list of those that were not let in. */
const REFUSALS_OF_ONE = { perMinute: 2 };
/** What all of them leave there: anyone may be refused, and a write of the database is not for anyone. */
const REFUSALS_OF_ALL = { perMinute: 120 };

/**
 * @param processId this API process.
 * @param refusals puts on record who was not let in: every one, counted where they are many.
 */
export function storedPresence(
  storage: Storage,
  processId: string,
  now: () => Date,
  refusals: Pick<Refusals, 'add'> = new Refusals({ storage, onFailure: () => {} }),
): Presence {
  const ofOne = new TokenBuckets(REFUSALS_OF_ONE);
  const ofAll = new TokenBuckets(REFUSALS_OF_ALL);
  const refused: Presence['refused'] = async (code, address, { name, hostName }) => {
    const network = clientNetwork(address);
    const about = { resource: { type: 'DELEGATE', identifier: name, name }, place: {} } as const;
    await refusals.add(`delegate ${network} ${name} ${code}`, strangerFrom(address), {
      action: 'AUTHENTICATION_FAILED',
      outcome: 'DENIED',
      ...about,
      details: { reason: code, hostName },
    });
    if (ofOne.take(JSON.stringify([network, name, code])) > 0 || ofAll.take('') > 0) return;
    await storage.unrecorded(({ delegateInstances }) =>
      delegateInstances.rememberRefusal({ at: now().toISOString(), code, address, name, hostName }),
    );
  };
  return {
    async connected(facts) {
      const { place, self } = facts;
      let stored: Awaited<ReturnType<Storage['delegateInstances']['connect']>> = 'taken';
      await storage.changeIf(systemActor('delegates'), async ({ delegateInstances }) => {
        stored = await delegateInstances.connect(facts, processId);
        if (stored !== 'new') return undefined;
        const resource = { type: 'DELEGATE', identifier: self.name, name: self.name } as const;
        const after = { hostName: self.hostName, tags: self.tags, version: self.version };
        return { result: undefined, audit: { action: 'CREATE', resource, place, after } };
      });
      if (stored === 'taken') await refused('wrong-proof', facts.address, self);
      return stored !== 'taken';
    },
    async disconnected(facts, reason) {
      await storage.unrecorded(({ delegateInstances }) =>
        delegateInstances.disconnect(facts, reason, now().toISOString()),
      );
    },
    refused,
    async storeHeartbeats(hub) {
      const steps = new Map<number, SessionFacts[]>();
      for (const { facts, lastHeartbeatAt } of hub.list()) {
        const step = Math.floor(lastHeartbeatAt.getTime() / HEARTBEAT_STEP_MS) * HEARTBEAT_STEP_MS;
        const others = steps.get(step);
        if (others) others.push(facts);
        else steps.set(step, [facts]);
      }
      if (steps.size === 0) return;
      await storage.unrecorded(async ({ delegateInstances }) => {
        for (const [step, sessions] of steps) await delegateInstances.beat(sessions, new Date(step));
      });
    },
  };
}

/** Whoever said that they are a delegate, and was not let in. */
function strangerFrom(address: string): Actor {
  const request = { method: 'GET', path: CONNECT_PATH };
  return { principal: ANONYMOUS, authentication: undefined, address, requestId: undefined, request };
}
