import {
  pageOf,
  pageQuerySchema,
  responseOf,
  roleInputSchema,
  roleResponseSchema,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { readPageRequest } from '../http/paging.ts';
import { identifierPath, searchParameter } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { invalidFields } from '../plugins/errors.ts';
import { createRole } from './create-role.ts';
import { deleteRole } from './delete-role.ts';
import { getRole } from './get-role.ts';
import { listRoles } from './list-roles.ts';
import { permissionRoutes } from './permission-routes.ts';
import { refuseBuiltInRole } from './refuse-built-in-role.ts';
import { toRoleResponse } from './role.ts';
import { updateRole } from './update-role.ts';

const tags = ['Roles'];
const one = { 200: responseOf(roleResponseSchema) };
const NEWEST_FIRST = { column: 'updated_at', direction: 'desc' } as const;

const listQuery = scopeQuerySchema.extend({
  pageIndex: pageQuerySchema.shape.pageIndex,
  pageSize: pageQuerySchema.shape.pageSize,
  sortOrders: pageQuerySchema.shape.sortOrders,
  searchTerm: searchParameter,
});

/** `/authz/api/roles` and `/authz/api/permissions`. */
export const roleRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;
  await app.register(permissionRoutes, deps);

  app.post(
    '/authz/api/roles',
    {
      config: needs('core_role_edit'),
      schema: { tags, summary: 'Create a role', querystring: scopeQuerySchema, body: roleInputSchema, response: one },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      return success(request, toRoleResponse(await createRole(deps, request, place, request.body), accountId));
    },
  );

  app.put(
    '/authz/api/roles/:identifier',
    {
      config: needs('core_role_edit'),
      // A built-in role has an ID that a body may not have: it is refused by its path, with the reason.
      preValidation: async ({ params }) => refuseBuiltInRole(params, 'changed'),
      schema: {
        tags,
        summary: 'Replace a role',
        params: identifierPath,
        querystring: scopeQuerySchema,
        body: roleInputSchema,
        response: one,
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      if (request.body.identifier !== request.params.identifier) {
        throw invalidFields([
          { fieldId: 'identifier', error: 'The ID of a role never changes: send the one of the path.' },
        ]);
      }
      return success(request, toRoleResponse(await updateRole(deps, request, place, request.body), accountId));
    },
  );

  app.get(
    '/authz/api/roles/:identifier',
    {
      config: needs('core_role_view'),
      schema: { tags, summary: 'Get a role', params: identifierPath, querystring: scopeQuerySchema, response: one },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      return success(request, await getRole(deps, place, request.params.identifier));
    },
  );

  app.delete(
    '/authz/api/roles/:identifier',
    {
      config: needs('core_role_delete'),
      schema: {
        tags,
        summary: 'Delete a role, and take it away from everyone who has it',
        params: identifierPath,
        querystring: scopeQuerySchema,
        response: one,
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      refuseBuiltInRole(request.params, 'deleted');
      return success(
        request,
        toRoleResponse(await deleteRole(deps, request, place, request.params.identifier), accountId),
      );
    },
  );

  app.get(
    '/authz/api/roles',
    {
      config: needs('core_role_view'),
      schema: {
        tags,
        summary: 'List the roles of a scope, the built-in ones first',
        querystring: listQuery,
        response: { 200: responseOf(pageOf(roleResponseSchema)) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const { index, size, sort } = readPageRequest(request.query, NEWEST_FIRST);
      const { searchTerm } = request.query;
      return success(request, await listRoles(deps, { place, searchTerm, sort, index, size }));
    },
  );
};
