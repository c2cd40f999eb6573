import { BUILT_IN_ROLES, type BuiltInRole, type Page, type RoleResponse } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { Sort } from '../db/page.ts';
import type { Place } from '../db/scope-columns.ts';
import { matchesSearch, searchText } from '../db/search.ts';
import { numberedPage } from '../http/paging.ts';
import { toBuiltInRoleResponse, toRoleResponse } from './role.ts';

interface ListRequest {
  readonly place: Place;
  readonly searchTerm: string | undefined;
  readonly sort: Sort;
  readonly index: number;
  readonly size: number;
}

/** One page of the roles that a scope has: the built-in ones first, then its own in the order asked for. */
export async function listRoles(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  { place, searchTerm, sort, index, size }: ListRequest,
): Promise<Page<RoleResponse>> {
  const builtIn = builtInRoles(searchTerm);
  const before = index * size;
  const first = builtIn.slice(before, before + size);
  const conditions = searchTerm ? [matchesSearch('roles.search_text', searchTerm)] : [];
  const own = await storage.roles.listFrom({
    place,
    conditions,
    sort,
    offset: Math.max(0, before - builtIn.length),
    limit: size - first.length,
  });
  const content = [...first, ...own.rows.map((role) => toRoleResponse(role, config.accountId))];
  const total = builtIn.length + own.total;
  return numberedPage(content, total, { index, size });
}

function builtInRoles(searchTerm = ''): RoleResponse[] {
  return (Object.keys(BUILT_IN_ROLES) as BuiltInRole[])
    .map(toBuiltInRoleResponse)
    .filter(({ role }) => searchText(role).includes(searchTerm.toLowerCase()));
}
