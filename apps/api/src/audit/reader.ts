import { type Kysely, sql } from 'kysely';
import type { Tables } from '../db/schema.ts';
import type { AuditEventRow } from '../db/schema-audit.ts';
import type { Checkpoint } from './chain.ts';
import { type EventFilter, isOpen } from './event-filter.ts';
import { countEvents, type EventSlice, passes, sliceEvents } from './event-slice.ts';

export type AuditReader = ReturnType<typeof auditReader>;

/** The most events that are looked at to say how many pass a filter. */
const COUNT_BOUND = 10_000;

/** The ends of the log as one statement sees them, so that nothing is added between. */
export interface LogEnds {
  readonly head: { readonly seq: number; readonly hash: string; readonly signature: string } | undefined;
  /** The numbers of the first and the last event there is; undefined for none. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly checkpoint: (Checkpoint & { readonly signature: string }) | undefined;
}

/** An event as it is stored, with its number as a number on both engines. */
export type StoredEvent = AuditEventRow;

/** The queries that read the audit log; each is short, also where there are a million events. */
export function auditReader(db: Kysely<Tables>) {
  /** The dimension with the fewest events: walking that one looks at the least. */
  async function drivingDimension(filter: EventFilter): Promise<number> {
    if (filter.dimensions.length < 2) return 0;
    let best = { index: 0, seen: Number.POSITIVE_INFINITY };
    for (const [index, dimension] of filter.dimensions.entries()) {
      const alone = { ...filter, dimensions: [dimension], others: [] };
      const { rows } = await countEvents(alone, 0, COUNT_BOUND).execute(db);
      const seen = Number(rows[0]?.seen ?? 0);
      if (seen < best.seen) best = { index, seen };
    }
    return best.index;
  }

  return {
    /** One slice of the events that pass the filter, and how many there are, counted up to a bound. */
    async list(filter: EventFilter, slice: EventSlice) {
      const driving = await drivingDimension(filter);
      const { rows: positions } = await sliceEvents(filter, driving, slice).execute(db);
      const seqs = positions.map(({ seq }) => Number(seq));
      const rows =
        seqs.length === 0 ? [] : await db.selectFrom('audit_events').selectAll().where('seq', 'in', seqs).execute();
      const bySeq = new Map(rows.map((row) => [Number(row.seq), { ...row, seq: Number(row.seq) }]));
      return { events: seqs.flatMap((seq) => bySeq.get(seq) ?? []), driving };
    },

    /** How many events pass the filter; exact, or at least so many. Without a filter it is known without counting. */
    async count(filter: EventFilter, driving: number): Promise<{ total: number; exact: boolean }> {
      if (isOpen(filter)) {
        const { first, last } = await this.ends();
        return { total: first === undefined || last === undefined ? 0 : last - first + 1, exact: true };
      }
      const { rows } = await countEvents(filter, driving, COUNT_BOUND).execute(db);
      const [counted] = rows;
      return { total: Number(counted?.total ?? 0), exact: Number(counted?.seen ?? 0) < COUNT_BOUND };
    },

    async find(id: string): Promise<StoredEvent | undefined> {
      const row = await db.selectFrom('audit_events').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { ...row, seq: Number(row.seq) };
    },

    /** The events after one number up to another, the oldest first, at most so many. */
    async between(after: number, last: number, limit: number): Promise<StoredEvent[]> {
      const rows = await db
        .selectFrom('audit_events')
        .selectAll()
        .where('seq', '>', after)
        .where('seq', '<=', last)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
    },

    /**
     * The events after one number up to another that pass the filter, each with the hash of the one before; of the
     * first that is kept, the checkpoint's.
     */
    async window(
      filter: EventFilter,
      after: number,
      last: number,
    ): Promise<(StoredEvent & { previous_hash: string })[]> {
      const { rows } = await sql<StoredEvent & { previous_hash: string }>`
        select one.*, coalesce(
          (select hash from audit_events as before where before.seq = one.seq - 1),
          (select hash from audit_checkpoint as cut where cut.seq = one.seq - 1), '') as previous_hash
        from audit_events as one
        where one.seq > ${after} and one.seq <= ${last} and ${passes(filter)} order by one.seq`.execute(db);
      return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
    },

    async ends(): Promise<LogEnds> {
      const { rows } = await sql<EndsRow>`
        select head.seq as head_seq, head.hash as head_hash, head.signature as head_signature,
          cut.seq as cut_seq, cut.hash as cut_hash, cut.removed, cut.at as cut_at, cut.signature as cut_signature,
          (select min(seq) from audit_events) as first, (select max(seq) from audit_events) as last
        from (select 1 as id) as one
        left join audit_head as head on head.id = one.id
        left join audit_checkpoint as cut on cut.id = one.id`.execute(db);
      const [row] = rows;
      if (!row) throw new Error('The ends of the audit log have no row.');
      return toEnds(row);
    },
  };
}

/** PostgreSQL's driver hands numbers of 64 bits out as text. */
type Count = number | string | null;

interface EndsRow {
  head_seq: Count;
  head_hash: string | null;
  head_signature: string | null;
  cut_seq: Count;
  cut_hash: string | null;
  removed: Count;
  cut_at: string | null;
  cut_signature: string | null;
  first: Count;
  last: Count;
}

function toEnds(row: EndsRow): LogEnds {
  const number = (value: Count) => (value === null ? undefined : Number(value));
  const [seq, cut] = [number(row.head_seq), number(row.cut_seq)];
  return {
    first: number(row.first),
    last: number(row.last),
    head: seq === undefined ? undefined : { seq, hash: row.head_hash ?? '', signature: row.head_signature ?? '' },
    checkpoint:
      cut === undefined
        ? undefined
        : {
            seq: cut,
            hash: row.cut_hash ?? '',
            removed: Number(row.removed),
            at: row.cut_at ?? '',
            signature: row.cut_signature ?? '',
          },
  };
}
