import { responseOf, scopeQuerySchema, userGroupInputSchema, userGroupV2Schema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { identifierPath } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { createGroup } from './create-group.ts';
import { getGroup } from './get-group.ts';
import { requireSameScope } from './require-same-scope.ts';
import { updateGroup } from './update-group.ts';
import { toGroupV2Response } from './user-group.ts';

const tags = ['User groups'];
const response = { 200: responseOf(userGroupV2Schema) };
const querystring = scopeQuerySchema;

/** `/ng/api/v2/user-groups`: the same groups, their members named by e-mail address. */
export const userGroupV2Routes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;
  const written = [
    { method: 'POST', write: createGroup, summary: 'Create a user group, its members by e-mail address' },
    { method: 'PUT', write: updateGroup, summary: 'Replace a user group, its members by e-mail address' },
  ] as const;

  for (const { method, write, summary } of written) {
    app.route({
      method,
      url: '/',
      config: needs('core_usergroup_manage'),
      schema: { tags, summary, querystring, body: userGroupInputSchema, response },
      handler: async (request) => {
        const place = requestScope(request.query, accountId);
        requireSameScope(place, request.body);
        const users = { by: 'email', values: request.body.users } as const;
        return success(
          request,
          toGroupV2Response(await write(deps, request, place, { input: request.body, users }), accountId),
        );
      },
    });
  }

  app.get(
    '/:identifier',
    {
      config: needs('core_usergroup_view'),
      schema: {
        tags,
        summary: 'Get a user group with the e-mail addresses of its members',
        params: identifierPath,
        querystring,
        response,
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      return success(request, toGroupV2Response(await getGroup(deps, place, request.params.identifier), accountId));
    },
  );
};
