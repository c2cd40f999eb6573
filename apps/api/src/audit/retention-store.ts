import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import { type Checkpoint, signCheckpoint } from './chain.ts';

export type RetentionStore = ReturnType<typeof retentionStore>;

/** Removes old events from the beginning of the log; only inside a transaction. */
export function retentionStore(db: Kysely<Tables>, engine: Engine, key: KeyObject) {
  return {
    /**
     * Removes the oldest events that are older than a time, at most so many, and signs a checkpoint in their place.
     * An event stays, with all that follow it, as long as one before it is too young: the chain has no holes.
     * @returns how many were removed.
     */
    async removeOldest(olderThan: string, limit: number, at: string): Promise<number> {
      // The end of the log is also what keeps two servers from pruning at the same time.
      const end = db.selectFrom('audit_head').select('seq');
      await (engine === 'postgres' ? end.forUpdate() : end).executeTakeFirstOrThrow();
      const oldest = await db
        .selectFrom('audit_events')
        .select(['seq', 'at', 'hash'])
        .orderBy('seq')
        .limit(limit)
        .execute();
      const young = oldest.findIndex((event) => event.at >= olderThan);
      const old = young < 0 ? oldest : oldest.slice(0, young);
      const last = old.at(-1);
      if (!last) return 0;
      const seq = Number(last.seq);
      await db.deleteFrom('audit_events').where('seq', '<=', seq).execute();
      const before = await db.selectFrom('audit_checkpoint').select('removed').executeTakeFirst();
      const removed = Number(before?.removed ?? 0) + old.length;
      await storeCheckpoint({ seq, hash: last.hash, removed, at });
      return old.length;
    },
  };

  async function storeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const row = { ...checkpoint, signature: signCheckpoint(key, checkpoint) };
    await db
      .insertInto('audit_checkpoint')
      .values({ id: 1, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }
}
