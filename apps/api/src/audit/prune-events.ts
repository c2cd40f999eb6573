import { setImmediate as otherWork } from 'node:timers/promises';
import type { BrokenAt } from '@wardline/contracts';
import { systemActor } from '../access/principal.ts';
import type { Deps } from '../app.ts';
import type { Stores } from '../stores.ts';
import type { AuditEntry } from './audit-entry.ts';

/** How many events one transaction removes: a few milliseconds in which the embedded database does nothing else. */
const BATCH = 200;
const DAY_MS = 86_400_000;
const ACTOR = systemActor('audit-retention');

/**
 * Removes the events that are older than the retention, in small transactions, each with the checkpoint that stands
 * for what was removed. That it began is an event in the first of them; a run that is cut short goes on with the next.
 * @returns how many events were removed.
 * @throws Error where the log is broken among them, which is on record: from there on everything is kept.
 */
export async function pruneEvents(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  retentionDays: number,
  signal?: AbortSignal,
): Promise<number> {
  const at = now().toISOString();
  const olderThan = new Date(Date.parse(at) - retentionDays * DAY_MS).toISOString();
  const remove = ({ auditRetention }: Stores) => auditRetention.removeOldest(olderThan, BATCH, at);
  const about = { action: 'PRUNE', resource: { type: 'AUDIT', identifier: config.accountId }, place: {} } as const;
  const asked = { olderThan, retentionDays };
  const refusal = ({ seq, reason }: BrokenAt): AuditEntry => ({
    ...about,
    outcome: 'FAILURE',
    details: { ...asked, brokenAt: seq, reason },
  });

  let batch = await storage.changeIf(ACTOR, async (stores) => {
    const result = await remove(stores);
    if (result.brokenAt) return { result, audit: refusal(result.brokenAt) };
    return result.removed > 0 ? { result, audit: { ...about, details: asked } } : undefined;
  });
  let total = 0;
  while (batch && batch.removed > 0) {
    total += batch.removed;
    if (signal?.aborted) return total;
    await otherWork();
    batch = await storage.unrecorded(remove);
    if (batch.brokenAt) await storage.record(ACTOR, refusal(batch.brokenAt));
  }
  if (batch?.brokenAt)
    throw new Error(`The audit log is broken at event ${batch.brokenAt.seq}. ${batch.brokenAt.explanation}`);
  return total;
}
