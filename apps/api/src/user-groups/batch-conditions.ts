import type { UserGroupFilter } from '@wardline/contracts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isOneOf, matchesSearch } from '../db/search.ts';

/** A filter as SQL conditions; empty parts filter nothing. */
export function batchConditions(filter: UserGroupFilter): RawBuilder<SqlBool>[] {
  const { databaseIdFilter, identifierFilter, userIdentifierFilter, searchTerm } = filter;
  const conditions: RawBuilder<SqlBool>[] = [];
  if (databaseIdFilter?.length) conditions.push(isOneOf('user_groups.id', databaseIdFilter));
  if (identifierFilter?.length) conditions.push(isOneOf('user_groups.identifier', identifierFilter));
  if (userIdentifierFilter?.length) {
    conditions.push(
      sql<SqlBool>`user_groups.id in (select group_id from user_group_members where user_id in (${sql.join(userIdentifierFilter)}))`,
    );
  }
  if (searchTerm) conditions.push(matchesSearch('user_groups.search_text', searchTerm));
  return conditions;
}
