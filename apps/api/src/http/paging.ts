import type { Page, PageQuery } from '@wardline/contracts';
import { z } from 'zod';
import type { ListQuery, Rows } from '../db/list-rows.ts';
import type { Sort, SortColumn } from '../db/page.ts';
import { invalidFields } from '../plugins/errors.ts';

const COLUMNS = new Map<string, SortColumn>([
  ['name', 'name'],
  ['createdAt', 'created_at'],
  ['lastModifiedAt', 'updated_at'],
  // Spellings of the same fields in the ecosystem's clients.
  ['updatedAt', 'updated_at'],
]);

/** The part of a list request that says which page, in which order. */
export interface PageRequest {
  readonly index: number;
  readonly size: number;
  readonly sort: Sort;
  readonly start: ListQuery['start'];
}

/** Where a page begins and what a client has to repeat for it; opaque to clients, so it may change at any time. */
const tokenSchema = z.object({
  column: z.enum(['name', 'created_at', 'updated_at']),
  direction: z.enum(['asc', 'desc']),
  key: z.string(),
  id: z.string(),
  index: z.number().int().min(1),
});

/**
 * Reads the paging parameters. A page token decides where the page begins; `pageIndex` then counts for nothing.
 * @throws WardlineError INVALID_REQUEST naming the parameter.
 */
export function readPageRequest(query: PageQuery, defaultSort: Sort): PageRequest {
  const { pageIndex, pageSize: size, pageToken } = query;
  const sort = readSort(query.sortOrders);
  if (!pageToken) return { index: pageIndex, size, sort: sort ?? defaultSort, start: { index: pageIndex } };

  const { column, direction, key, id, index } = readToken(pageToken);
  if (sort && (sort.column !== column || sort.direction !== direction)) {
    throw invalidFields([
      { fieldId: 'sortOrders', error: 'The page token belongs to a list sorted in another order.' },
    ]);
  }
  return { index, size, sort: { column, direction }, start: { after: { key, id } } };
}

/** The answer's page around its rows. */
export function toPage<R, T>({ rows, total, next }: Rows<R>, request: PageRequest, toItem: (row: R) => T): Page<T> {
  const { index, size, sort } = request;
  return {
    totalPages: Math.ceil(total / size),
    totalItems: total,
    pageItemCount: rows.length,
    pageSize: size,
    content: rows.map(toItem),
    pageIndex: index,
    empty: rows.length === 0,
    pageToken: next ? writeToken({ ...sort, ...next, index: index + 1 }) : null,
  };
}

/** The answer's page for a list that is read by page number only, so that no token leads on. */
export function numberedPage<T>(
  content: T[],
  total: number,
  { index, size }: Pick<PageRequest, 'index' | 'size'>,
): Page<T> {
  return {
    totalPages: Math.ceil(total / size),
    totalItems: total,
    pageItemCount: content.length,
    pageSize: size,
    content,
    pageIndex: index,
    empty: content.length === 0,
    pageToken: null,
  };
}

function writeToken(token: z.infer<typeof tokenSchema>): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function readToken(text: string): z.infer<typeof tokenSchema> {
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    const error = 'This is not a page token of this server. Take it from the previous page, unchanged.';
    throw invalidFields([{ fieldId: 'pageToken', error }]);
  }
}

function readSort(orders: readonly string[] | undefined): Sort | undefined {
  const [order, second] = orders ?? [];
  if (!order) return undefined;
  const [field = '', direction = 'DESC', ...rest] = order.split(',');
  const column = COLUMNS.get(field);
  if (!column) throw sortError(`“${field}” cannot be sorted by; use name, createdAt or lastModifiedAt.`);
  if (rest.length > 0 || !/^(asc|desc)$/i.test(direction)) throw sortError(`Write ${field},ASC or ${field},DESC.`);
  if (second) throw sortError('Give one sort order; rows that are equal in it are sorted by when they were created.');
  return { column, direction: direction.toUpperCase() === 'ASC' ? 'asc' : 'desc' };
}

const sortError = (error: string) => invalidFields([{ fieldId: 'sortOrders', error }]);
