import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Actor } from '../access/principal.ts';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import type { AuditEntry } from './audit-entry.ts';
import { filterColumns, toAuditEvent } from './audit-event.ts';
import { type ChainHead, chainHash, FORGED_AFTER, sameDigest, signHead } from './chain.ts';

/** How events are chained: the key derives from the master key. */
export interface Chain {
  readonly key: KeyObject;
  readonly now: () => Date;
}

/** Writes the audit log. Nothing here changes an event. */
export function auditStore(db: Kysely<Tables>, engine: Engine, { key, now }: Chain) {
  return {
    /**
     * Adds events to the end of the chain; only inside a transaction, and last in it, since the end of the chain is
     * locked until the transaction ends.
     */
    async append(actor: Actor, entries: readonly AuditEntry[]): Promise<void> {
      if (entries.length === 0) return;
      const end = db.selectFrom('audit_head').select(['seq', 'hash', 'signature']);
      const head = await (engine === 'postgres' ? end.forUpdate() : end).executeTakeFirstOrThrow();
      const start = { seq: Number(head.seq), hash: head.hash };
      // Whether the server itself noted this as the end.
      const intact = sameDigest(signHead(key, start), head.signature);
      let seq = start.seq;
      let hash = head.hash;
      const at = now();
      const rows = entries.map((entry) => {
        const event = toAuditEvent(entry, actor, at);
        const text = JSON.stringify(event);
        seq += 1;
        hash = chainHash(key, { before: hash, seq, event: text });
        return { seq, ...filterColumns(event), event: text, hash };
      });
      await db.insertInto('audit_events').values(rows).execute();
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
