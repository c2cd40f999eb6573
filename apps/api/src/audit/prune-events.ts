import { setImmediate as otherWork } from 'node:timers/promises';
import { systemActor } from '../access/principal.ts';
import type { Deps } from '../app.ts';

/** How many events one transaction removes: a few milliseconds in which the embedded database does nothing else. */
const BATCH = 200;
const DAY_MS = 86_400_000;

/**
 * Removes the events that are older than the retention, in small transactions, each with the checkpoint that stands
 * for what was removed. That it began is an event in the first of them; a run that is cut short goes on with the next.
 * @returns how many events were removed.
 */
export async function pruneEvents(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  retentionDays: number,
  signal?: AbortSignal,
): Promise<number> {
  const at = now().toISOString();
  const olderThan = new Date(Date.parse(at) - retentionDays * DAY_MS).toISOString();
  const first = await storage.changeIf(systemActor('audit-retention'), async ({ auditRetention }) => {
    const removed = await auditRetention.removeOldest(olderThan, BATCH, at);
    if (removed === 0) return undefined;
    const resource = { type: 'AUDIT', identifier: config.accountId } as const;
    return { result: removed, audit: { action: 'PRUNE', resource, place: {}, details: { olderThan, retentionDays } } };
  });
  let total = first ?? 0;
  for (let removed = total; removed > 0 && !signal?.aborted; total += removed) {
    await otherWork();
    removed = await storage.unrecorded(({ auditRetention }) => auditRetention.removeOldest(olderThan, BATCH, at));
  }
  return total;
}
