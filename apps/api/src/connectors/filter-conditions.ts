import type { ConnectorFilter } from '@wardline/contracts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { contains, isOneOf } from '../db/search.ts';

/** What a list of connectors can be narrowed by. */
export interface ConnectorNarrowing extends Omit<ConnectorFilter, 'filterType'> {
  readonly searchTerm?: string | undefined;
  /** Nothing can be made a favorite here. */
  readonly onlyFavorites?: boolean;
}

const NOTHING = sql<SqlBool>`1 = 0`;

/**
 * A filter as SQL conditions but for the search, all of which hold; none for a filter that every connector passes, because a list
 * without conditions has its total at hand. Empty lists are as good as absent.
 */
export function filterConditions(filter: ConnectorNarrowing): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  const oneOf = (column: string, values: readonly string[] | null | undefined) => {
    if (values?.length) conditions.push(isOneOf(`connectors.${column}`, values));
  };
  if (filter.types?.length && !filter.types.includes('AwsKms')) conditions.push(NOTHING);
  if (filter.categories?.length && !filter.categories.includes('SECRET_MANAGER')) conditions.push(NOTHING);
  if (filter.onlyFavorites) conditions.push(NOTHING);
  oneOf('name', filter.connectorNames);
  oneOf('identifier', filter.connectorIdentifiers);
  oneOf('status', filter.connectivityStatuses);
  oneOf('connectivity_mode', filter.connectorConnectivityModes);
  if (filter.description) conditions.push(contains('connectors.description', filter.description));
  if (typeof filter.inheritingCredentialsFromDelegate === 'boolean') {
    const not = sql.raw(filter.inheritingCredentialsFromDelegate ? '' : 'not');
    conditions.push(sql`${sql.ref('connectors.credential_type')} ${not} in ('AssumeIAMRole', 'AssumeSTSRole')`);
  }
  for (const [key, value] of Object.entries(filter.tags ?? {})) conditions.push(hasTag(key, value));
  return conditions;
}

/** True for a connector with this tag; an empty value stands for any. */
function hasTag(key: string, value: string): RawBuilder<SqlBool> {
  const sameValue = value === '' ? sql`` : sql` and tag_value = ${value}`;
  return sql`exists (select 1 from connector_tags where connector_id = connectors.id and tag_key = ${key}${sameValue})`;
}
