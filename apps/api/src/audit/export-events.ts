import { Readable } from 'node:stream';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { AuditFilter } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import { type EventFilter, eventFilter } from './event-filter.ts';
import type { AuditReader, StoredEvent } from './reader.ts';

/** How many events are looked at in one query. */
const CHUNK = 500;

interface ExportOptions {
  readonly reader: AuditReader;
  readonly places: readonly Place[];
  readonly filter: AuditFilter;
}

/**
 * The events that pass the filter as lines of JSON, the oldest first, up to the one that was last when it began. It
 * holds one chunk in memory and reads the next when the client has taken it; a client that goes away ends it.
 * Each line has the event exactly as it was chained, so its hash can be computed again from the line and the key.
 */
export async function exportEvents({ reader, places, filter }: ExportOptions): Promise<Readable> {
  const { first, last } = await reader.ends();
  const wanted = eventFilter(places, filter);
  const range = { after: (first ?? 1) - 1, last: last ?? 0 };
  return Readable.from(lines(reader, wanted, range), { objectMode: true, highWaterMark: 1 });
}

async function* lines(
  reader: AuditReader,
  filter: EventFilter,
  { after, last }: { after: number; last: number },
): AsyncGenerator<string, void, undefined> {
  for (let seq = after; seq < last; seq += CHUNK) {
    const rows = await reader.window(filter, seq, Math.min(seq + CHUNK, last));
    if (rows.length > 0) yield rows.map(toLine).join('');
    // The embedded database answers at once: without this, a client that reads fast would keep everyone else waiting.
    await otherWork();
  }
}

function toLine({ seq, hash, event, previous_hash }: StoredEvent & { previous_hash: string }): string {
  return `{"seq":${seq},"previousHash":"${previous_hash}","hash":"${hash}","event":${event}}\n`;
}
