import type { KeyObject } from 'node:crypto';
import { AUDIT_BREAKS, type AuditBreak, type BrokenAt } from '@wardline/contracts';
import { type AuditEvent, filterColumns } from './audit-event.ts';
import { type ChainHead, chainHash, sameDigest } from './chain.ts';
import type { StoredEvent } from './reader.ts';

/** Where the log is broken, with the reason in words. @param found what was found, as a sentence. */
export function brokenAt(reason: AuditBreak, seq: number, id: string | null, found?: string): BrokenAt {
  return { seq, id, reason, explanation: found ? `${AUDIT_BREAKS[reason]} ${found}` : AUDIT_BREAKS[reason] };
}

/** What is wrong with an event that should follow the end of the chain so far; undefined where it does. */
export function checkEvent(key: KeyObject, end: ChainHead, row: StoredEvent): BrokenAt | undefined {
  const expected = end.seq + 1;
  if (row.seq > expected && Number.isInteger(row.seq)) return brokenAt('missing', expected, null);
  if (row.seq !== expected) return brokenAt('unexpected', row.seq, row.id);
  const hash = chainHash(key, { before: end.hash, seq: row.seq, event: row.event });
  if (!sameDigest(hash, row.hash)) return brokenAt('changed', row.seq, row.id);
  const column = changedColumn(row);
  if (column) return brokenAt('column-changed', row.seq, row.id, `The column is “${column}”.`);
  return undefined;
}

/** The first column that says something else than the event, whose text has been proven. */
function changedColumn(row: StoredEvent): string | undefined {
  const event: AuditEvent = JSON.parse(row.event);
  const stored = new Map<string, unknown>(Object.entries(row));
  return Object.entries(filterColumns(event)).find(([column, value]) => stored.get(column) !== value)?.[0];
}
