import {
  groupMemberSchema,
  pageOf,
  pageQuerySchema,
  responseOf,
  scopeQuerySchema,
  userGroupFilterSchema,
  userGroupSchema,
} from '@wardline/contracts';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs, type ScopeReader } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { matchesSearch } from '../db/search.ts';
import { readPageRequest, toPage } from '../http/paging.ts';
import { identifierPath, searchParameter } from '../http/parameters.ts';
import { requestScope, scopeAndParents } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { batchConditions } from './batch-conditions.ts';
import { getGroup } from './get-group.ts';
import { listGroups } from './list-groups.ts';
import { toGroupResponse } from './user-group.ts';

const tags = ['User groups'];
const NEWEST_FIRST = { column: 'updated_at', direction: 'desc' } as const;
/** The batch has no pages. */
const BATCH_MAX = 1000;

const filterType = z.enum(['EXCLUDE_INHERITED_GROUPS', 'INCLUDE_INHERITED_GROUPS']).nullish();
const listQuery = scopeQuerySchema.extend({
  ...pageQuerySchema.shape,
  searchTerm: searchParameter,
  filterType: filterType.describe('Whether to list the groups of the scopes above too.'),
});
const memberQuery = scopeQuerySchema.extend({
  pageIndex: pageQuerySchema.shape.pageIndex,
  pageSize: pageQuerySchema.shape.pageSize,
  sortOrders: pageQuerySchema.shape.sortOrders.describe('Members are sorted by e-mail address.'),
});

/** The batch names its scope in the body. */
const scopeOfBody: ScopeReader = ({ body }) => {
  const { orgIdentifier, projectIdentifier } = body as z.infer<typeof userGroupFilterSchema>;
  return { orgIdentifier, projectIdentifier };
};

/** The scopes whose groups a list has: those above only where the caller may see them. */
function listed({ access }: Pick<FastifyRequest, 'access'>, place: Place, filter: z.infer<typeof filterType>): Place[] {
  if (filter !== 'INCLUDE_INHERITED_GROUPS') return [place];
  return scopeAndParents(place).filter((one) => access.allows('core_usergroup_view', one));
}

/** The lists of `/ng/api/user-groups`. */
export const groupListRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;

  app.get(
    '/',
    {
      config: needs('core_usergroup_view'),
      schema: {
        tags,
        summary: 'List user groups',
        querystring: listQuery,
        response: { 200: responseOf(pageOf(userGroupSchema)) },
      },
    },
    async (request) => {
      const { searchTerm } = request.query;
      const places = listed(request, requestScope(request.query, accountId), request.query.filterType);
      const page = readPageRequest(request.query, NEWEST_FIRST);
      const conditions = searchTerm ? [matchesSearch('user_groups.search_text', searchTerm)] : [];
      const found = await listGroups(deps, { places, conditions, ...page });
      return success(
        request,
        toPage(found, page, (group) => toGroupResponse(group, accountId)),
      );
    },
  );

  app.post(
    '/batch',
    {
      config: needs('core_usergroup_view', scopeOfBody),
      schema: {
        tags,
        summary: 'List the user groups that pass a filter, 1000 at most',
        querystring: scopeQuerySchema.describe('Organization and project are the ones in the body.'),
        body: userGroupFilterSchema,
        response: { 200: responseOf(z.array(userGroupSchema)) },
      },
    },
    async (request) => {
      const { body } = request;
      requestScope(request.query, accountId);
      const places = listed(request, requestScope(body, accountId), body.filterType);
      const { rows } = await listGroups(deps, {
        places,
        conditions: batchConditions(body),
        sort: { column: 'name', direction: 'asc' },
        size: BATCH_MAX,
        start: { index: 0 },
      });
      return success(
        request,
        rows.map((group) => toGroupResponse(group, accountId)),
      );
    },
  );

  app.post(
    '/:identifier/users',
    {
      config: needs('core_usergroup_view'),
      schema: {
        tags,
        summary: 'List the members of a user group',
        params: identifierPath,
        querystring: memberQuery,
        body: z.unknown().describe('Accepted, and filters nothing.'),
        response: { 200: responseOf(pageOf(groupMemberSchema)) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const { pageIndex: index, pageSize: size } = request.query;
      const { members } = await getGroup(deps, place, request.params.identifier);
      const rows = members.slice(index * size, (index + 1) * size);
      const page = { index, size, sort: NEWEST_FIRST, start: { index } };
      return success(
        request,
        toPage({ rows, total: members.length, next: undefined }, page, ({ id, name, email, disabled }) => ({
          uuid: id,
          name,
          email,
          locked: disabled,
          disabled,
          externallyManaged: false as const,
        })),
      );
    },
  );
};
