import type { Deps } from '../../app.ts';

/** An upload takes far less: a request may take a minute. */
const ORPHANED_AFTER_MS = 60 * 60_000;
/** Bodies that are removed in one transaction; each has up to 10 MiB. */
const BATCH = 10;

/** Removes the contents of files that no secret came to have. @returns how many. */
export async function sweepBodies({ storage, now }: Pick<Deps, 'storage' | 'now'>): Promise<number> {
  const before = new Date(now().getTime() - ORPHANED_AFTER_MS).toISOString();
  for (let removed = 0; ; ) {
    const batch = await storage.unrecorded(({ fileBodies }) => fileBodies.removeOrphans(before, BATCH));
    removed += batch;
    if (batch < BATCH) return removed;
  }
}
