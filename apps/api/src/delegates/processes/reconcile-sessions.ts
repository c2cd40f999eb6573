import type { Storage } from '../../storage.ts';
import type { DelegateHub } from '../connect/hub.ts';

/** How long a session may be stored before it is held: it is let in in between, in milliseconds. */
const ENTERING_MS = 15_000;

interface ReconcileOptions {
  readonly processId: string;
  readonly storage: Storage;
  readonly hub: DelegateHub;
  readonly now: () => Date;
}

/**
 * Makes what is stored of this process's sessions true again: a process that was taken for dead holds them still,
 * unless a delegate has a newer session elsewhere; and the end of a session may not have been stored.
 * @returns the delegates that were taken for gone, by instance id.
 */
export async function reconcileSessions({ processId, storage, hub, now }: ReconcileOptions): Promise<string[]> {
  const restored: string[] = [];
  const stored = await storage.heldDelegates.sessionsOf(processId);
  const storedIds = new Set(stored.map(({ sessionId }) => sessionId));
  for (const { facts } of hub.list()) {
    if (storedIds.has(facts.sessionId)) continue;
    const { instanceId } = facts.self;
    const newest = await storage.heldDelegates.lastSessionOf(instanceId);
    const isHere = hub.find(instanceId)?.facts.sessionId === facts.sessionId;
    if (!isHere) continue;
    if (newest !== undefined && newest !== facts.sessionId) {
      hub.end('replaced', (session) => session.facts.sessionId === facts.sessionId);
    } else {
      await storage.unrecorded(({ delegateInstances }) => delegateInstances.connect(facts, processId));
      restored.push(instanceId);
    }
  }
  const heldIds = new Set(hub.list().map(({ facts }) => facts.sessionId));
  for (const { instanceId, sessionId, connectedAt } of stored) {
    const isEntering = now().getTime() - Date.parse(connectedAt) < ENTERING_MS;
    if (heldIds.has(sessionId) || isEntering) continue;
    await storage.heldDelegates.endSession({ instanceId, sessionId }, now().toISOString());
  }
  return restored;
}
