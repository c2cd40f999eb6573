import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import { filterColumns, toAuditEvent } from './audit-event.ts';
import { type ChainHead, chainHash, FORGED_AFTER, sameDigest, signHead } from './chain.ts';
import type { Deed } from './recorder.ts';

/** How events are chained: the key derives from the master key. */
export interface Chain {
  readonly key: KeyObject;
  readonly now: () => Date;
}

/**
 * How many events one statement adds: a row has 13 parameters, of which SQLite takes 32,766 a statement and PostgreSQL
 * 65,535. SQLite's statements are kept by their text, so there they differ in few sizes only.
 */
const ROWS_PER_STATEMENT = { sqlite: 32, postgres: 1000 } as const satisfies Record<Engine, number>;

/** Writes the audit log. Nothing here changes an event. */
export function auditStore(db: Kysely<Tables>, engine: Engine, { key, now }: Chain) {
  return {
    /**
     * Adds events to the end of the chain, in their order; only inside a transaction, and last in it, since the end of
     * the chain is locked until the transaction ends.
     */
    async append(deeds: readonly Deed[]): Promise<void> {
      if (deeds.length === 0) return;
      const end = db.selectFrom('audit_head').select(['seq', 'hash', 'signature']);
      const head = await (engine === 'postgres' ? end.forUpdate() : end).executeTakeFirstOrThrow();
      const start = { seq: Number(head.seq), hash: head.hash };
      // Whether the server itself noted this as the end.
      const intact = sameDigest(signHead(key, start), head.signature);
      let seq = start.seq;
      let hash = head.hash;
      const at = now().toISOString();
      const rows = deeds.map((deed) => {
        const event = toAuditEvent(deed, at);
        const text = JSON.stringify(event);
        seq += 1;
        hash = chainHash(key, { before: hash, seq, event: text });
        return { seq, ...filterColumns(event), event: text, hash };
      });
      const step = ROWS_PER_STATEMENT[engine];
      for (let start = 0; start < rows.length; start += step) {
        await db
          .insertInto('audit_events')
          .values(rows.slice(start, start + step))
          .execute();
      }
      await db
        .updateTable('audit_head')
        .set({ seq, hash, signature: intact ? signHead(key, { seq, hash }) : evidence(start, head.signature) })
        .execute();
    },
  };
}

/**
 * What takes the place of the signature where it did not hold. The server goes on, but never signs what someone else
 * wrote: the log stays broken, and says since when.
 */
function evidence({ seq }: ChainHead, signature: string): string {
  return signature.startsWith(FORGED_AFTER) ? signature : `${FORGED_AFTER}${seq}`;
}
