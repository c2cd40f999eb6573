import type { AuditFilter } from '@wardline/contracts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Place } from '../db/scope-columns.ts';
import { isOneOf } from '../db/search.ts';

export type Condition = RawBuilder<SqlBool>;

/** Which events are asked for, as conditions on the columns. */
export interface EventFilter {
  /**
   * What the events are narrowed by. An event passes a dimension that passes one of its alternatives; each alternative
   * has an index that ends in the order of the list.
   */
  readonly dimensions: readonly (readonly [Condition, ...Condition[]])[];
  /** Conditions that leave out little, so that no index is needed. */
  readonly others: readonly Condition[];
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The events that sign-ins leave, which a list may leave out. */
const LOGIN_ACTIONS = ['LOGIN', 'LOGIN2FA', 'UNSUCCESSFUL_LOGIN'];

type Narrowing = Omit<AuditFilter, 'scopes' | 'filterType'>;

/** The filter as conditions. @param places whose events, with those of the scopes below; the account is everything. */
export function eventFilter(places: readonly Place[], filter: Narrowing): EventFilter {
  const { startTime, endTime, staticFilter } = filter;
  const dimensions = [
    places.some(({ orgIdentifier }) => !orgIdentifier) ? [] : places.map(inScope),
    filter.outcomes?.includes('SUCCESS') ? [] : unique(filter.outcomes).map(hasOutcome),
    unique(filter.actions).map((action) => equals('action', action)),
    (filter.resources ?? []).map((one) => named('resource_type', 'resource_identifier', one)),
    (filter.principals ?? []).map((one) => named('principal_type', 'principal_identifier', one)),
    // Everything here belongs to the module CORE and to no environment.
    (filter.modules?.length && !filter.modules.includes('CORE')) || filter.environments?.length
      ? [sql<SqlBool>`1 = 0`]
      : [],
  ];
  const others = [
    ...(filter.outcomes?.includes('SUCCESS') ? [isOneOf('outcome', filter.outcomes)] : []),
    ...(staticFilter === 'EXCLUDE_LOGIN_EVENTS' ? [sql<SqlBool>`not ${isOneOf('action', LOGIN_ACTIONS)}`] : []),
    ...(staticFilter === 'EXCLUDE_SYSTEM_EVENTS' ? [sql<SqlBool>`principal_type <> 'SYSTEM'`] : []),
  ];
  return {
    dimensions: dimensions.filter(isPresent),
    others,
    from: startTime === null || startTime === undefined ? undefined : new Date(startTime).toISOString(),
    to: endTime === null || endTime === undefined ? undefined : new Date(endTime).toISOString(),
  };
}

/** Whether the filter lets every event pass. */
export function isOpen({ dimensions, others, from, to }: EventFilter): boolean {
  return dimensions.length === 0 && others.length === 0 && from === undefined && to === undefined;
}

const isPresent = (alternatives: Condition[]): alternatives is [Condition, ...Condition[]] => alternatives.length > 0;

const unique = <T>(values: readonly T[] | null | undefined): T[] => [...new Set(values)];

const equals = (column: string, value: string): Condition => sql<SqlBool>`${sql.ref(column)} = ${value}`;

// The inequalities repeat the conditions of the indexes, or no plan would use those.
const hasOutcome = (outcome: string): Condition => sql<SqlBool>`outcome = ${outcome} and outcome <> 'SUCCESS'`;

function inScope({ orgIdentifier, projectIdentifier }: Place): Condition {
  return projectIdentifier
    ? sql<SqlBool>`org_id = ${orgIdentifier} and project_id = ${projectIdentifier} and project_id <> ''`
    : sql<SqlBool>`org_id = ${orgIdentifier} and org_id <> ''`;
}

function named(
  typeColumn: string,
  idColumn: string,
  one: { type: string; identifier?: string | undefined },
): Condition {
  const ofType = equals(typeColumn, one.type);
  return one.identifier === undefined ? ofType : sql<SqlBool>`${ofType} and ${equals(idColumn, one.identifier)}`;
}
