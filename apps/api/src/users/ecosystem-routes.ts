import {
  currentUserSchema,
  pageOf,
  responseOf,
  scopeQuerySchema,
  userAggregateFilterSchema,
  userAggregateSchema,
  userListQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { needs, signedIn } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { aggregateUsers } from './aggregate-users.ts';
import { currentUser } from './current-user.ts';

const tags = ['Users'];

/** `/ng/api/user`: users as the ecosystem's clients ask for them. */
export const ecosystemUserRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;

  app.get(
    '/currentUser',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Get the current user',
        querystring: scopeQuerySchema,
        response: { 200: responseOf(currentUserSchema) },
      },
    },
    async (request) => {
      requestScope(request.query, accountId);
      return success(request, await currentUser(deps, request.access));
    },
  );

  app.post(
    '/aggregate',
    {
      config: needs('core_user_view'),
      schema: {
        tags,
        summary: 'List the users of a scope with their roles',
        querystring: scopeQuerySchema.extend(userListQuerySchema.shape),
        body: userAggregateFilterSchema.nullish(),
        response: { 200: responseOf(pageOf(userAggregateSchema)) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const roleIdentifiers = request.body?.roleIdentifiers ?? [];
      return success(request, await aggregateUsers(deps, { ...request.query, place, roleIdentifiers }));
    },
  );
};
