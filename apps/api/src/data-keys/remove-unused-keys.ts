import { setImmediate as otherWork } from 'node:timers/promises';
import type { Deps } from '../app.ts';
import type { DataKeys } from './data-keys.ts';
import type { DataKeyUse } from './store.ts';

const HOUR_MS = 3_600_000;
/** How many data keys are looked at in one transaction. */
const BATCH = 200;
/** Between encrypting a value and storing it there are seconds, or minutes for a file that is rewrapped. */
const STORED_WITHIN_MS = 6 * HOUR_MS;
/** Whoever read a value before it was replaced or deleted opens it within seconds. */
const READ_WITHIN_MS = 6 * HOUR_MS;
/** The longest time for which a process may be told to encrypt under one: for those of which it was not kept. */
const LONGEST_SEALING_MS = 30 * 24 * HOUR_MS;
/** For how long a process has the work without saying so again. */
const LEASE_MS = 10 * 60_000;

export interface UnusedKeysDeps extends Pick<Deps, 'storage' | 'now'> {
  readonly dataKeys: Pick<DataKeys, 'sealing'>;
  readonly processId: string;
}

/**
 * Removes the data keys that no stored value uses any more, unless another process does so.
 *
 * It takes nothing from anyone: a data key is looked at only when nobody can encrypt under it any more, and what was
 * encrypted is stored long since; and it goes only when a later look finds it unused still, hours afterwards, so that
 * nobody is left who has read a value that was under it. Should a process have stood still for that long between
 * encrypting and storing, the foreign key refuses its value: nothing is ever stored that can't be read.
 * @param signal ends it after the batch that has its turn.
 * @returns how many.
 */
export async function removeUnusedKeys(deps: UnusedKeysDeps, signal: AbortSignal): Promise<number> {
  const { storage, processId } = deps;
  const lease = { name: 'unused-data-keys', owner: processId };
  let removed = 0;
  try {
    for (let after: string | undefined = ''; after !== undefined; ) {
      if (signal.aborted || !(await claim(deps, lease))) break;
      const batch = await lookThrough(deps, after);
      removed += batch.removed;
      after = batch.last;
      await otherWork();
    }
  } finally {
    await storage.unrecorded(({ leases }) => leases.release(lease));
  }
  return removed;
}

/** @returns where the next batch begins; undefined at the end. */
async function lookThrough({ storage, now, dataKeys }: UnusedKeysDeps, after: string) {
  const time = now().getTime();
  const sealing = dataKeys.sealing();
  return storage.unrecorded(async (stores) => {
    const batch = await stores.dataKeys.uses(after, BATCH);
    const unused = batch.filter((key) => !key.used && !sealing.has(key.id) && isSettled(key, time));
    const usedAgain = batch.filter(({ used, unusedSince }) => used && unusedSince !== null);
    await stores.dataKeys.noteUnused(idsOf(usedAgain), undefined);
    const found = unused.filter(({ unusedSince }) => unusedSince === null);
    await stores.dataKeys.noteUnused(idsOf(found), new Date(time).toISOString());
    const left = unused.filter(({ unusedSince }) => isOver(unusedSince, READ_WITHIN_MS, time));
    const removed = await stores.dataKeys.removeUnused(idsOf(left));
    return { removed, last: batch.length < BATCH ? undefined : batch.at(-1)?.id };
  });
}

const idsOf = (keys: readonly DataKeyUse[]): string[] => keys.map(({ id }) => id);

/** Whether every value that was encrypted under a data key is stored. */
function isSettled({ createdAt, sealingUntil }: DataKeyUse, time: number): boolean {
  return sealingUntil === null
    ? isOver(createdAt, LONGEST_SEALING_MS + STORED_WITHIN_MS, time)
    : isOver(sealingUntil, STORED_WITHIN_MS, time);
}

const isOver = (since: string | null, ms: number, time: number): boolean =>
  since !== null && Date.parse(since) + ms < time;

function claim({ storage, now }: UnusedKeysDeps, lease: { readonly name: string; readonly owner: string }) {
  const time = now();
  const until = new Date(time.getTime() + LEASE_MS).toISOString();
  return storage.unrecorded(({ leases }) => leases.claim({ ...lease, now: time.toISOString(), until }));
}
