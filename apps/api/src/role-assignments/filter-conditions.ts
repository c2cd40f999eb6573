import type { RoleAssignmentFilter } from '@wardline/contracts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Place } from '../db/scope-columns.ts';
import { isOneOf } from '../db/search.ts';
import type { PrincipalStore } from './principal-store.ts';
import { principalOf } from './read-assignment.ts';

const NONE = sql<SqlBool>`1 = 0`;

/** A filter as SQL conditions; empty parts filter nothing. Whoever does not exist has no role. */
export async function filterConditions(
  principals: PrincipalStore,
  place: Place,
  filter: RoleAssignmentFilter,
): Promise<RawBuilder<SqlBool>[]> {
  const { resourceGroupFilter, roleFilter, principalTypeFilter, principalFilter } = filter;
  const { harnessManagedFilter, disabledFilter } = filter;
  const conditions: RawBuilder<SqlBool>[] = [];
  if (roleFilter?.length) conditions.push(isOneOf('assignment.role_identifier', roleFilter));
  if (resourceGroupFilter?.length) conditions.push(isOneOf('assignment.resource_group', resourceGroupFilter));
  if (principalTypeFilter?.length) conditions.push(isOneOf('assignment.principal_type', principalTypeFilter));
  if (disabledFilter?.length) {
    const values = disabledFilter.map((disabled) => (disabled ? 1 : 0));
    conditions.push(sql<SqlBool>`assignment.disabled in (${sql.join(values)})`);
  }
  // The server manages none.
  if (harnessManagedFilter?.length && !harnessManagedFilter.includes(false)) conditions.push(NONE);
  if (principalFilter?.length) {
    const addresses = principalFilter.map((principal) => principalOf(place, { principal }));
    const ids = await Promise.all(addresses.map((address) => principals.findId(address)));
    conditions.push(
      isOneOf(
        'assignment.principal_id',
        ids.filter((id) => id !== undefined),
      ),
    );
  }
  return conditions;
}
