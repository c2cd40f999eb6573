import {
  PERMISSIONS,
  type PermissionResponse,
  permissionResponseSchema,
  permissionSchema,
  RESOURCE_TYPES,
  responseOf,
  SCOPE_LEVELS,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signedIn } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { flagParameter } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';

const tags = ['Roles'];
const querystring = scopeQuerySchema.extend({
  scopeFilterDisabled: flagParameter.describe('Every permission can be given at every scope, so it changes nothing.'),
});

const LIST = permissionSchema.options.map((identifier): PermissionResponse => {
  const { title: name, resourceType, action } = PERMISSIONS[identifier];
  return {
    permission: {
      identifier,
      name,
      status: 'ACTIVE',
      includeInAllRoles: false,
      allowedScopeLevels: [...SCOPE_LEVELS],
      resourceType,
      action,
    },
  };
});

/** `/authz/api/permissions`: every right there is. It is no secret, as it is in this file. */
export const permissionRoutes: FastifyPluginAsyncZod<Deps> = async (app, { config: { accountId } }) => {
  app.get(
    '/authz/api/permissions',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'List the permissions',
        querystring,
        response: { 200: responseOf(z.array(permissionResponseSchema)) },
      },
    },
    async (request) => {
      requestScope(request.query, accountId);
      return success(request, LIST);
    },
  );

  app.get(
    '/authz/api/permissions/resourcetypes',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'List what permissions are about',
        querystring,
        response: { 200: responseOf(z.array(z.enum(RESOURCE_TYPES))) },
      },
    },
    async (request) => {
      requestScope(request.query, accountId);
      return success(request, [...RESOURCE_TYPES]);
    },
  );
};
