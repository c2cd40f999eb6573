import type { Page, PageQuery } from '@wardline/contracts';
import type { Sort } from '../db/page.ts';
import { numberedPage, readPageRequest } from '../http/paging.ts';
import { invalidFields } from '../plugins/errors.ts';

/** What a list of somebody's keys or tokens asks of the store. */
export interface OwnedQuery {
  readonly identifiers?: readonly string[] | undefined;
  readonly searchTerm?: string | undefined;
  readonly sort: Sort;
  readonly limit: number;
  readonly offset: number;
}

/** Rows of one page, with the number of all. */
export interface OwnedRows<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** Nobody has so many keys that numbered pages would cost much, so there are no page tokens. */
export function readOwnedQuery(query: PageQuery & Pick<OwnedQuery, 'identifiers' | 'searchTerm'>): OwnedQuery {
  if (query.pageToken) throw invalidFields([{ fieldId: 'pageToken', error: 'This list has none. Use pageIndex.' }]);
  const { index, size, sort } = readPageRequest(query, { column: 'updated_at', direction: 'desc' });
  const { identifiers, searchTerm } = query;
  return { identifiers, searchTerm, sort, limit: size, offset: index * size };
}

export function toOwnedPage<T>(content: T[], total: number, { limit, offset }: OwnedQuery): Page<T> {
  return numberedPage(content, total, { index: offset / limit, size: limit });
}
