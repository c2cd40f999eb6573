import type { KeyObject } from 'node:crypto';
import type { BrokenAt } from '@wardline/contracts';
import type { Kysely } from 'kysely';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import { type ChainHead, type Checkpoint, signCheckpoint } from './chain.ts';
import { checkStart, startOf } from './chain-start.ts';
import { checkEvent } from './check-event.ts';
import { auditReader, type StoredEvent } from './reader.ts';

interface Removal {
  readonly removed: number;
  /** Where the log is broken, so that none were removed. */
  readonly brokenAt?: BrokenAt;
}

/** Removes old events from the beginning of the log; only inside a transaction. */
export function retentionStore(db: Kysely<Tables>, engine: Engine, key: KeyObject) {
  return {
    /**
     * Removes the oldest events that are older than a time, at most so many, and signs a checkpoint in their place.
     * An event stays, with all that follow it, as long as one before it is too young: the chain has no holes. Each is
     * verified first, with the checkpoint before it: the server's signature never stands for what someone else has
     * removed, changed or given another time.
     */
    async removeOldest(olderThan: string, limit: number, at: string): Promise<Removal> {
      // The end of the log is also what keeps two servers from pruning at the same time.
      const end = db.selectFrom('audit_head').select('seq');
      await (engine === 'postgres' ? end.forUpdate() : end).executeTakeFirstOrThrow();
      const reader = auditReader(db);
      const ends = await reader.ends();
      const oldest = await reader.between(Number.MIN_SAFE_INTEGER, ends.last ?? 0, limit);
      if (oldest.every((event) => event.at >= olderThan)) return { removed: 0 };
      const broken = checkStart(key, ends) ?? checkChain(startOf(ends), oldest);
      if (broken) return { removed: 0, brokenAt: broken };

      const young = oldest.findIndex((event) => event.at >= olderThan);
      const old = young < 0 ? oldest : oldest.slice(0, young);
      const last = old.at(-1);
      if (!last) return { removed: 0 };
      await db.deleteFrom('audit_events').where('seq', '<=', last.seq).execute();
      const removed = (ends.checkpoint?.removed ?? 0) + old.length;
      await storeCheckpoint({ seq: last.seq, hash: last.hash, removed, at });
      return { removed: old.length };
    },
  };

  function checkChain(start: ChainHead, events: readonly StoredEvent[]): BrokenAt | undefined {
    let before = start;
    for (const event of events) {
      const broken = checkEvent(key, before, event);
      if (broken) return broken;
      before = event;
    }
    return undefined;
  }

  async function storeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const row = { ...checkpoint, signature: signCheckpoint(key, checkpoint) };
    await db
      .insertInto('audit_checkpoint')
      .values({ id: 1, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }
}
