import type { Kysely, RawBuilder, SqlBool } from 'kysely';
import type { Engine } from './client.ts';
import { type EntityKind, entityCounts } from './entity-counts.ts';
import { countMatches, type ListedTable, type Position, type Slice, type Sort, type Source, sliceIds } from './page.ts';
import type { Tables } from './schema.ts';
import type { Region } from './scope-columns.ts';
import { search } from './search-index.ts';

/** What a list asks of the store. */
export interface ListQuery {
  readonly places: readonly Region[];
  readonly sort: Sort;
  readonly size: number;
  /** The page number from 0, or the row after which the page begins: the latter costs the same however deep. */
  readonly start: { readonly index: number } | { readonly after: Position };
  /** Further conditions; none means that the total is known without counting. */
  readonly conditions: readonly RawBuilder<SqlBool>[];
  /** What the texts of the rows are to contain, in any case. */
  readonly searchTerm?: string | undefined;
}

export interface Rows<T> {
  readonly rows: T[];
  readonly total: number;
  /** Where the next page begins; absent at the end. */
  readonly next: Position | undefined;
}

interface ListOptions<T> {
  readonly db: Kysely<Tables>;
  readonly engine: Engine;
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
  const source = await sourceOf(options);
  if ('index' in start && start.index > 0) return numberedPage(options, source, start.index);

  // One row more than the page tells whether there is a next page.
  const slice: Slice = { sort, limit: size + 1, from: 'after' in start ? start : { offset: 0 } };
  const found = await load(sliceIds(source, slice), sort);
  const rows = found.slice(0, size);
  // A first page that is not full is the whole list: looking for little in a large table takes one scan, not two.
  const whole = 'index' in start && found.length <= size;
  const total = whole ? found.length : await countRows(options, source);
  return { rows, total, next: found.length > size ? positionOf(rows) : undefined };
}

/** A page by number has to pass over the rows before it; from whichever end of the list is nearer. */
async function numberedPage<T>(options: ListOptions<T>, source: Source, index: number): Promise<Rows<T>> {
  const { sort, size } = options.query;
  const total = await countRows(options, source);
  const before = index * size;
  const limit = Math.min(size, total - before);
  if (limit <= 0) return { rows: [], total, next: undefined };

  const behind = total - before - limit;
  const slice: Slice =
    before <= behind
      ? { sort, limit, from: { offset: before } }
      : { sort: reverse(sort), limit, from: { offset: behind } };
  const rows = await options.load(sliceIds(source, slice), sort);
  return { rows, total, next: behind > 0 ? positionOf(rows) : undefined };
}

async function countRows<T>({ db, table }: ListOptions<T>, source: Source): Promise<number> {
  const counted = COUNTED[table];
  if (counted && source.conditions.length === 0 && !source.ids) return entityCounts(db, counted).total(source.places);
  const { rows } = await countMatches(source).execute(db);
  return Number(rows[0]?.total ?? 0);
}

async function sourceOf<T>({ db, engine, table, query }: ListOptions<T>): Promise<Source> {
  const { places, conditions, searchTerm } = query;
  if (!searchTerm) return { table, places, conditions };
  const found = await search(db, engine, { table, words: searchTerm });
  return 'ids' in found
    ? { table, places, conditions, ids: found.ids }
    : { table, places, conditions: [...conditions, found.condition] };
}

function reverse({ column, direction }: Sort): Sort {
  return { column, direction: direction === 'asc' ? 'desc' : 'asc' };
}

function positionOf(rows: readonly { id: string; sort_key: string }[]): Position | undefined {
  const last = rows.at(-1);
  return last && { key: last.sort_key, id: last.id };
}
