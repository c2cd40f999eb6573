import type { Place } from '../db/scope-columns.ts';
import type { ConnectedDelegate, DelegateRegistry } from '../runners/delegate-registry.ts';
import type { Storage } from '../storage.ts';
import type { DelegateSession } from './connect/delegate-session.ts';
import type { DelegateHub } from './connect/hub.ts';
import { instanceTags, serves } from './delegate-instance.ts';

interface RegistryOptions {
  readonly hub: DelegateHub;
  readonly embedded: ConnectedDelegate;
  /** The delegates that are connected to other processes. */
  readonly elsewhere: () => readonly ConnectedDelegate[];
  readonly storage: Pick<Storage, 'delegateInstances'>;
}

/** The embedded delegate, those that are connected, and those that once were. */
export function delegateRegistry({ hub, embedded, elsewhere, storage }: RegistryOptions): DelegateRegistry {
  // Every task asks: what a session says of itself never changes, so it is put together once.
  const known = new WeakMap<DelegateSession, ConnectedDelegate>();
  const delegateOf = (session: DelegateSession): ConnectedDelegate => {
    const delegate = known.get(session) ?? connectedDelegate(session);
    known.set(session, delegate);
    return delegate;
  };
  const connectedHere = (place: Place): ConnectedDelegate[] => {
    const found = [embedded];
    for (const session of hub.sessions()) {
      if (!session.draining && serves(session.facts.place, place)) found.push(delegateOf(session));
    }
    return found;
  };
  return {
    connected(place) {
      const found = connectedHere(place);
      for (const delegate of elsewhere()) {
        if (serves(delegate.place, place) && !hub.find(delegate.candidate.id)) found.push(delegate);
      }
      return found;
    },
    async all(place) {
      const here = new Map(connectedHere(place).map((delegate) => [delegate.candidate.id, delegate.describe()]));
      const stored = await storage.delegateInstances.list(place);
      const running = new Map(elsewhere().map((delegate) => [delegate.candidate.id, delegate.describe().running]));
      const tokenNames = new Map(stored.map(({ id, tokenName }) => [id, tokenName]));
      // What is connected here is known better than the database knows it, except for what its token is called.
      return [
        ...[...here.values()].map((own) => ({ ...own, tokenName: tokenNames.get(own.id) ?? own.tokenName })),
        ...stored
          .filter(({ id }) => !here.has(id))
          .map((one) => (one.connected ? { ...one, running: running.get(one.id) ?? null } : one)),
      ];
    },
  };
}

function connectedDelegate(session: DelegateSession): ConnectedDelegate {
  const { facts } = session;
  const { self, place } = facts;
  return {
    tags: instanceTags(self),
    place,
    // One that said nothing of its last tasks is asked after everyone who has room: each time that costs two seconds.
    candidate: {
      id: self.instanceId,
      runner: session,
      load: () => session.running / self.capacity + session.unanswered,
    },
    describe: () => ({
      id: self.instanceId,
      type: 'REMOTE',
      name: self.name,
      hostName: self.hostName,
      description: self.description,
      tags: self.tags,
      place,
      version: self.version,
      capacity: self.capacity,
      connected: true,
      lastHeartbeatAt: session.lastHeartbeatAt,
      tokenActive: true,
      tokenName: null,
      clockSkewMs: facts.skewMs,
      running: session.running,
      disconnectReason: null,
    }),
  };
}
