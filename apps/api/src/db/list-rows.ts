import type { Kysely, RawBuilder, SqlBool } from 'kysely';
import { type EntityKind, entityCounts } from './entity-counts.ts';
import { countMatches, type ListedTable, type Position, type Slice, type Sort, sliceIds } from './page.ts';
import type { Tables } from './schema.ts';
import type { Place } from './scope-columns.ts';

/** What a list asks of the store. */
export interface ListQuery {
  readonly places: readonly Place[];
  readonly sort: Sort;
  readonly size: number;
  /** The page number from 0, or the row after which the page begins: the latter costs the same however deep. */
  readonly start: { readonly index: number } | { readonly after: Position };
  /** Further conditions; none means that the total is known without counting. */
  readonly conditions: readonly RawBuilder<SqlBool>[];
}

export interface Rows<T> {
  readonly rows: T[];
  readonly total: number;
  /** Where the next page begins; absent at the end. */
  readonly next: Position | undefined;
}

interface ListOptions<T> {
  readonly db: Kysely<Tables>;
  readonly table: ListedTable;
  readonly query: ListQuery;
  /** Loads the rows of the given ids in the given order, with the value they are sorted by. */
  readonly load: (page: ReturnType<typeof sliceIds>, sort: Sort) => Promise<(T & { id: string; sort_key: string })[]>;
}

/** What there may be very many of has its numbers kept; counting the rest costs little. */
const COUNTED: Partial<Record<ListedTable, EntityKind>> = { connectors: 'connector', secrets: 'secret' };

/** One page of a list, sorted, with the total. */
export async function listRows<T>(options: ListOptions<T>): Promise<Rows<T>> {
  const { query, load } = options;
  const { sort, size, start } = query;
  if ('index' in start && start.index > 0) return numberedPage(options, start.index);

  // One row more than the page tells whether there is a next page.
  const slice: Slice = { sort, limit: size + 1, from: 'after' in start ? start : { offset: 0 } };
  const found = await load(sliceIds(sourceOf(options), slice), sort);
  const rows = found.slice(0, size);
  // A first page that is not full is the whole list: looking for little in a large table takes one scan, not two.
  const whole = 'index' in start && found.length <= size;
  const total = whole ? found.length : await countRows(options);
  return { rows, total, next: found.length > size ? positionOf(rows) : undefined };
}

/** A page by number has to pass over the rows before it; from whichever end of the list is nearer. */
async function numberedPage<T>(options: ListOptions<T>, index: number): Promise<Rows<T>> {
  const { sort, size } = options.query;
  const total = await countRows(options);
  const before = index * size;
  const limit = Math.min(size, total - before);
  if (limit <= 0) return { rows: [], total, next: undefined };

  const behind = total - before - limit;
  const slice: Slice =
    before <= behind
      ? { sort, limit, from: { offset: before } }
      : { sort: reverse(sort), limit, from: { offset: behind } };
  const rows = await options.load(sliceIds(sourceOf(options), slice), sort);
  return { rows, total, next: behind > 0 ? positionOf(rows) : undefined };
}

async function countRows<T>({ db, table, query }: ListOptions<T>): Promise<number> {
  const { places, conditions } = query;
  const counted = COUNTED[table];
  if (counted && conditions.length === 0) return entityCounts(db, counted).total(places);
  const { rows } = await countMatches({ table, places, conditions }).execute(db);
  return Number(rows[0]?.total ?? 0);
}

function sourceOf<T>({ table, query: { places, conditions } }: ListOptions<T>) {
  return { table, places, conditions };
}

function reverse({ column, direction }: Sort): Sort {
  return { column, direction: direction === 'asc' ? 'desc' : 'asc' };
}

function positionOf(rows: readonly { id: string; sort_key: string }[]): Position | undefined {
  const last = rows.at(-1);
  return last && { key: last.sort_key, id: last.id };
}
