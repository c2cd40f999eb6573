import {
  pageOf,
  pageQuerySchema,
  responseOf,
  roleAssignmentAggregateListSchema,
  roleAssignmentAggregateSchema,
  roleAssignmentFilterSchema,
  roleAssignmentResponseSchema,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { readPageRequest } from '../http/paging.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { aggregateAssignments, listAssignmentAggregates, listAssignments } from './list-assignments.ts';

const tags = ['Role assignments'];
const config = needs('core_role_view');
const listQuery = scopeQuerySchema.extend({
  pageIndex: pageQuerySchema.shape.pageIndex,
  pageSize: pageQuerySchema.shape.pageSize,
  sortOrders: pageQuerySchema.shape.sortOrders.describe('createdAt,ASC or createdAt,DESC, whatever the field.'),
});
const page = { 200: responseOf(pageOf(roleAssignmentResponseSchema)) };

/** The lists of `/authz/api/roleassignments`: of exactly the scope that is asked for. */
export const assignmentListRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;
  const listed = (query: z.infer<typeof listQuery>) => ({
    place: requestScope(query, accountId),
    page: readPageRequest(query, { column: 'created_at', direction: 'desc' }),
  });

  app.get(
    '/',
    { config, schema: { tags, summary: 'List role assignments', querystring: listQuery, response: page } },
    async (request) => success(request, await listAssignments(deps, { ...listed(request.query), filter: {} })),
  );

  app.post(
    '/filter',
    {
      config,
      schema: {
        tags,
        summary: 'List the role assignments that pass a filter',
        querystring: listQuery,
        body: roleAssignmentFilterSchema.nullish(),
        response: page,
      },
    },
    async (request) =>
      success(request, await listAssignments(deps, { ...listed(request.query), filter: request.body ?? {} })),
  );

  app.post(
    '/v2/filter',
    {
      config,
      schema: {
        tags,
        summary: 'List the role assignments that pass a filter, with the names of roles and principals',
        querystring: listQuery,
        body: roleAssignmentFilterSchema.nullish(),
        response: { 200: responseOf(pageOf(roleAssignmentAggregateSchema)) },
      },
    },
    async (request) =>
      success(request, await listAssignmentAggregates(deps, { ...listed(request.query), filter: request.body ?? {} })),
  );

  app.post(
    '/aggregate',
    {
      config,
      schema: {
        tags,
        summary: 'All role assignments that pass a filter, with their roles',
        querystring: scopeQuerySchema,
        body: roleAssignmentFilterSchema.nullish(),
        response: { 200: responseOf(roleAssignmentAggregateListSchema) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      return success(request, await aggregateAssignments(deps, { place, filter: request.body ?? {} }));
    },
  );
};
