import { type RawBuilder, sql } from 'kysely';
import type { Condition, EventFilter } from './event-filter.ts';

/** An event's place in a list: by time, and by number among those of the same millisecond. */
export interface EventPosition {
  readonly at: string;
  readonly seq: number;
}

export interface EventSlice {
  readonly direction: 'asc' | 'desc';
  readonly limit: number;
  readonly from: { readonly after: EventPosition } | { readonly offset: number };
}

const join = (parts: readonly RawBuilder<unknown>[], separator: string) => sql.join(parts, sql.raw(separator));

/**
 * The numbers and times of one slice of the events that pass the filter, in order. Every alternative of the driving
 * dimension is a walk in its index from the slice's beginning, as long as the slice: it costs the same however many
 * events there are.
 * @param driving which dimension is walked; what the others say is looked at row by row.
 */
export function sliceEvents(filter: EventFilter, driving: number, slice: EventSlice): RawBuilder<EventPosition> {
  const { direction, limit, from } = slice;
  const skip = 'offset' in from ? from.offset : 0;
  const order = sql.raw(`at ${direction}, seq ${direction}`);
  const walks = (filter.dimensions[driving] ?? [undefined]).map((alternative) => {
    const where = whereOf(filter, driving, alternative, slice);
    const walk = sql`select seq, at from audit_events ${where} order by ${order} limit ${limit + skip}`;
    return sql`select * from (${walk}) as walk`;
  });
  return sql<EventPosition>`select seq, at from (${join(walks, ' union ')}) as found order by ${order} limit ${limit} offset ${skip}`;
}

function whereOf(
  filter: EventFilter,
  driving: number,
  alternative: Condition | undefined,
  slice?: EventSlice,
): RawBuilder<unknown> {
  const residual = { ...filter, dimensions: filter.dimensions.toSpliced(driving, 1) };
  const conditions = [...(alternative ? [alternative] : []), ...conditionsOf(residual)];
  if (slice && 'after' in slice.from) {
    const { at, seq } = slice.from.after;
    conditions.push(sql`(at, seq) ${sql.raw(slice.direction === 'asc' ? '>' : '<')} (${at}, ${seq})`);
  }
  return conditions.length === 0 ? sql`` : sql`where ${join(conditions, ' and ')}`;
}

/** As a case they are no reason to walk another index than that of the driving dimension. */
const lookedAt = (condition: RawBuilder<unknown>) => sql`case when ${condition} then 1 else 0 end = 1`;

function conditionsOf({ dimensions, others, from, to }: EventFilter): RawBuilder<unknown>[] {
  return [
    ...dimensions.map((alternatives) =>
      lookedAt(
        join(
          alternatives.map((one) => sql`(${one})`),
          ' or ',
        ),
      ),
    ),
    ...others.map(lookedAt),
    ...(from ? [sql`at >= ${from}`] : []),
    ...(to ? [sql`at <= ${to}`] : []),
  ];
}

/** The whole filter as one condition. */
export function passes(filter: EventFilter): RawBuilder<unknown> {
  const conditions = conditionsOf(filter);
  return conditions.length === 0 ? sql`1 = 1` : join(conditions, ' and ');
}

const COLUMNS = sql.raw(
  'seq, at, org_id, project_id, action, outcome, resource_type, resource_identifier, principal_type, principal_identifier',
);

/**
 * How many events pass the filter among those of the driving dimension, of which no more than the bound are looked at:
 * `seen` says how many were, so with fewer than the bound the total is exact.
 */
export function countEvents(
  filter: EventFilter,
  driving: number,
  bound: number,
): RawBuilder<{ seen: number | string; total: number | string | null }> {
  const alone = { ...filter, dimensions: [], others: [] };
  const simple = filter.dimensions.length <= 1 && filter.others.length === 0;
  const rest = simple ? sql`` : whereOf({ ...filter, from: undefined, to: undefined }, driving, undefined);
  const walks = (filter.dimensions[driving] ?? [undefined]).map((alternative) => {
    const walk = sql`select ${simple ? sql.raw('seq') : COLUMNS} from audit_events ${whereOf(alone, driving, alternative)} limit ${bound}`;
    return sql`select * from (${walk}) as walk`;
  });
  const candidates = sql`select * from (${join(walks, ' union ')}) as found limit ${bound}`;
  return sql`select (select count(*) from (${candidates}) as c) as seen, (select count(*) from (${candidates}) as c ${rest}) as total`;
}
