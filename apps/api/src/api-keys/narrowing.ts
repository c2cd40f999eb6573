import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { contains, isOneOf } from '../db/search.ts';
import type { OwnedQuery } from './owned-page.ts';

/** The conditions of a list of somebody's keys or tokens; none for a list of all. */
export function narrowing(
  table: 'api_keys' | 'tokens',
  { identifiers, searchTerm }: Pick<OwnedQuery, 'identifiers' | 'searchTerm'>,
): RawBuilder<SqlBool>[] {
  const found = (column: string) => contains(`${table}.${column}`, searchTerm ?? '');
  return [
    ...(identifiers?.length ? [isOneOf(`${table}.identifier`, identifiers)] : []),
    ...(searchTerm
      ? [sql<SqlBool>`(${found('identifier')} or ${found('name')} or ${found('description')} or ${found('tags')})`]
      : []),
  ];
}
