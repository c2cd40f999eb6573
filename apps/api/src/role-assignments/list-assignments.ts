import type {
  Page,
  RoleAssignmentAggregate,
  RoleAssignmentAggregateList,
  RoleAssignmentFilter,
  RoleAssignmentResponse,
  RoleResponse,
} from '@wardline/contracts';
import { isBuiltInRole } from '../access/store.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { numberedPage, type PageRequest } from '../http/paging.ts';
import { toBuiltInRoleResponse, toRoleResponse } from '../roles/role.ts';
import { resourceGroupOfName, toAssignmentAggregate, toAssignmentResponse, wireScope } from './assignment-response.ts';
import { filterConditions } from './filter-conditions.ts';
import type { RoleAssignment, RoleReference } from './role-assignment.ts';

interface ListRequest {
  readonly place: Place;
  readonly filter: RoleAssignmentFilter;
  readonly page: Pick<PageRequest, 'index' | 'size' | 'sort'>;
}

type Context = Pick<Deps, 'storage' | 'config'>;

/** How many assignments the list that has no pages gives. */
const AGGREGATE_MAX = 1000;

/** One page of who has which role at exactly a scope, newest first. */
export async function listAssignments(context: Context, request: ListRequest): Promise<Page<RoleAssignmentResponse>> {
  const { rows, total } = await load(context, request);
  const content = rows.map((one) => toAssignmentResponse(one, context.config.accountId));
  return numberedPage(content, total, request.page);
}

/** The same with the names of principals and roles. */
export async function listAssignmentAggregates(
  context: Context,
  request: ListRequest,
): Promise<Page<RoleAssignmentAggregate>> {
  const { rows, total } = await load(context, request);
  const roles = await rolesOf(context, rows);
  const content = rows.flatMap((one) => {
    const role = roles.get(keyOf(one.role));
    return role ? [toAssignmentAggregate(one, role, context.config.accountId)] : [];
  });
  return numberedPage(content, total, request.page);
}

/** The assignments of a scope that pass a filter, 1000 at most, with the roles that they give. */
export async function aggregateAssignments(
  context: Context,
  { place, filter }: Pick<ListRequest, 'place' | 'filter'>,
): Promise<RoleAssignmentAggregateList> {
  const { accountId } = context.config;
  const page = { index: 0, size: AGGREGATE_MAX, sort: { column: 'created_at', direction: 'desc' } } as const;
  const { rows } = await load(context, { place, filter, page });
  const groups = new Set(rows.map(({ resourceGroup }) => resourceGroup));
  return {
    roleAssignments: rows.map((one) => toAssignmentResponse(one, accountId).roleAssignment),
    scope: wireScope(place, accountId),
    roles: [...(await rolesOf(context, rows)).values()],
    resourceGroups: [...groups].map(resourceGroupOfName),
  };
}

async function load({ storage }: Context, { place, filter, page }: ListRequest) {
  const { index, size, sort } = page;
  return storage.roleAssignments.list({
    place,
    conditions: await filterConditions(storage.principals, place, filter),
    limit: size,
    offset: index * size,
    direction: sort.direction,
  });
}

/** The roles that assignments give, once each, by `keyOf`. */
async function rolesOf(
  { storage, config }: Context,
  assignments: readonly RoleAssignment[],
): Promise<ReadonlyMap<string, RoleResponse>> {
  const distinct = new Map(assignments.map(({ role }) => [keyOf(role), role]));
  const found = await Promise.all(
    [...distinct].map(async ([key, { identifier, place }]) => {
      if (isBuiltInRole(identifier)) return [[key, toBuiltInRoleResponse(identifier)] as const];
      const role = await storage.roles.find(place, identifier);
      return role ? [[key, toRoleResponse(role, config.accountId)] as const] : [];
    }),
  );
  return new Map(found.flat());
}

const keyOf = ({ identifier, place }: RoleReference): string =>
  [place.orgIdentifier, place.projectIdentifier, identifier].join('/');
