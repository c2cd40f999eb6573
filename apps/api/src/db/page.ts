import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { columnsOfRegion, type Region } from './scope-columns.ts';

/** The columns that a list can be sorted by; each has an index that ends in the id. */
export type SortColumn = 'name' | 'created_at' | 'updated_at';

export interface Sort {
  readonly column: SortColumn;
  readonly direction: 'asc' | 'desc';
}

/** A row's place in a sorted list: the next page begins after it. */
export interface Position {
  readonly key: string;
  readonly id: string;
}

/** Which part of a sorted list is wanted: after a row (the same cost anywhere), or from the n-th row on. */
export interface Slice {
  readonly sort: Sort;
  readonly limit: number;
  readonly from: { readonly after: Position } | { readonly offset: number };
}

/** The tables of what lives in a scope, with the indexes that lists need. */
export type ListedTable = 'connectors' | 'secrets' | 'service_accounts' | 'roles' | 'user_groups';

/** What a list is of. */
export interface Source {
  readonly table: ListedTable;
  /** None has a scope that another one has. */
  readonly places: readonly Region[];
  readonly conditions: readonly RawBuilder<SqlBool>[];
  /** The ids of the few rows that can be in the list; absent where the list is found by its scope. */
  readonly ids?: RawBuilder<unknown> | undefined;
}

const join = (parts: readonly RawBuilder<unknown>[], separator: string) => sql.join(parts, sql.raw(separator));

/**
 * The ids of one slice, to be joined with their rows, as `(…) as page`. It reads nothing but the index of the
 * sort order as long as there are no conditions, so that rows which are skipped are never loaded.
 */
export function sliceIds(source: Source, slice: Slice) {
  const { sort, limit, from } = slice;
  const skip = 'offset' in from ? from.offset : 0;
  const [only, ...others] = source.places.map((place) => placeIds(source, place, slice, limit + skip));
  const candidates =
    only && others.length === 0
      ? only
      : join(
          [only, ...others].filter((part) => part !== undefined).map((part) => sql`select * from (${part}) as place`),
          ' union all ',
        );
  const order = sql.raw(`sort_key ${sort.direction}, id ${sort.direction}`);
  return sql<{
    id: string;
    sort_key: string;
  }>`(select id, sort_key from (${candidates}) as candidates order by ${order} limit ${limit} offset ${skip})`.as(
    'page',
  );
}

/** Sorted ids of one region: a seek in its index to its beginning, or to the row after which the page begins. */
function placeIds(source: Source, place: Region, { sort, from }: Slice, limit: number): RawBuilder<unknown> {
  const column = sql.ref(`${source.table}.${sort.column}`);
  const id = sql.ref(`${source.table}.id`);
  const order = sql.raw(sort.direction);
  const conditions = [...placeConditions(source, place)];
  if ('after' in from) {
    conditions.push(
      sql`(${column}, ${id}) ${sql.raw(sort.direction === 'asc' ? '>' : '<')} (${from.after.key}, ${from.after.id})`,
    );
  }
  return sql`select ${id} as id, ${column} as sort_key from ${sql.table(source.table)} where ${allOf(conditions)} order by ${column} ${order}, ${id} ${order} limit ${limit}`;
}

/** How many rows the conditions leave, counted. */
export function countMatches(source: Source) {
  const places = source.places.map((place) => sql`(${allOf(placeConditions(source, place))})`);
  return sql<{
    total: number | string;
  }>`select count(*) as total from ${sql.table(source.table)} where ${join(places, ' or ')}`;
}

function placeConditions({ table, conditions, ids }: Source, place: Region): RawBuilder<unknown>[] {
  // The plus keeps SQLite from walking the scope's index where it is to look up the ids.
  const plus = sql.raw(ids ? '+' : '');
  return [
    ...(ids ? [sql`${sql.ref(`${table}.id`)} in (${ids})`] : []),
    ...Object.entries(columnsOfRegion(place)).map(
      ([column, value]) => sql`${plus}${sql.ref(`${table}.${column}`)} = ${value}`,
    ),
    ...conditions,
  ];
}

const allOf = (conditions: readonly RawBuilder<unknown>[]) =>
  conditions.length === 0 ? sql`1 = 1` : join(conditions, ' and ');
