import { responseOf, scopeQuerySchema, storableText, userGroupInputSchema, userGroupSchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { identifierPath } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { changeMember } from './change-member.ts';
import { createGroup } from './create-group.ts';
import { deleteGroup } from './delete-group.ts';
import { getGroup } from './get-group.ts';
import { groupListRoutes } from './list-routes.ts';
import { requireSameScope } from './require-same-scope.ts';
import { updateGroup } from './update-group.ts';
import { toGroupResponse } from './user-group.ts';

const tags = ['User groups'];
const one = { 200: responseOf(userGroupSchema) };
const querystring = scopeQuerySchema;
const memberPath = identifierPath.extend({ userIdentifier: storableText });

/** `/ng/api/user-groups`: persons who have the same rights. */
export const userGroupRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;
  const views = needs('core_usergroup_view');
  const manages = needs('core_usergroup_manage');

  app.post(
    '/',
    {
      config: manages,
      schema: { tags, summary: 'Create a user group', querystring, body: userGroupInputSchema, response: one },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      requireSameScope(place, request.body);
      const users = { by: 'id', values: request.body.users } as const;
      const group = await createGroup(deps, request, place, { input: request.body, users });
      return success(request, toGroupResponse(group, accountId));
    },
  );

  app.put(
    '/',
    {
      config: manages,
      schema: {
        tags,
        summary: 'Replace a user group, its members included',
        querystring,
        body: userGroupInputSchema,
        response: one,
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      requireSameScope(place, request.body);
      const users = { by: 'id', values: request.body.users } as const;
      const group = await updateGroup(deps, request, place, { input: request.body, users });
      return success(request, toGroupResponse(group, accountId));
    },
  );

  app.get(
    '/:identifier',
    {
      config: views,
      schema: { tags, summary: 'Get a user group', params: identifierPath, querystring, response: one },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      return success(request, toGroupResponse(await getGroup(deps, place, request.params.identifier), accountId));
    },
  );

  app.delete(
    '/:identifier',
    {
      config: manages,
      schema: {
        tags,
        summary: 'Delete a user group, with the roles it was given',
        params: identifierPath,
        querystring,
        response: one,
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const group = await deleteGroup(deps, request, place, request.params.identifier);
      return success(request, toGroupResponse(group, accountId));
    },
  );

  app.get(
    '/:identifier/member/:userIdentifier',
    {
      config: views,
      schema: {
        tags,
        summary: 'Whether a user is in a group',
        params: memberPath,
        querystring,
        response: { 200: responseOf(z.boolean()) },
      },
    },
    async (request) => {
      const { identifier, userIdentifier } = request.params;
      const { members } = await getGroup(deps, requestScope(request.query, accountId), identifier);
      return success(
        request,
        members.some(({ id }) => id === userIdentifier),
      );
    },
  );

  for (const [method, to] of [
    ['PUT', 'member'],
    ['DELETE', 'none'],
  ] as const) {
    app.route({
      method,
      url: '/:identifier/member/:userIdentifier',
      config: manages,
      schema: {
        tags,
        summary: to === 'member' ? 'Let a user into a group' : 'Take a user out of a group',
        params: memberPath,
        querystring,
        response: one,
      },
      handler: async (request) => {
        const { identifier, userIdentifier: userId } = request.params;
        const place = requestScope(request.query, accountId);
        const group = await changeMember(deps, request, { place, identifier, userId, to });
        return success(request, toGroupResponse(group, accountId));
      },
    });
  }

  await groupListRoutes(app, deps);
};
