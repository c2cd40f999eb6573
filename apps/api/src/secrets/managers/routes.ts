import { scopeQuerySchema, secretManagersResponseSchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { needs } from '../../access/route-access.ts';
import type { Deps } from '../../app.ts';
import { requestScope } from '../../http/scope.ts';
import { listManagers } from './list-managers.ts';

/** `GET /api/secrets/managers`: where a scope can keep its secrets. */
export const secretManagerRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get(
    '/api/secrets/managers',
    {
      config: needs('core_secret_view'),
      schema: {
        tags: ['Secrets'],
        summary: 'List the secret managers that a secret of the scope can have, with how their secrets are',
        querystring: scopeQuerySchema,
        response: { 200: secretManagersResponseSchema },
      },
    },
    async (request) => listManagers(deps, request, requestScope(request.query, deps.config.accountId)),
  );
};
