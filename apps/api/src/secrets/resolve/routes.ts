import { resolveBodySchema, resolveResponseSchema, scopeQuerySchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { needsPerEntity } from '../../access/route-access.ts';
import type { Deps } from '../../app.ts';
import { requestScope } from '../../http/scope.ts';
import type { OpeningDeps } from '../values/stored-value.ts';
import { resolveSecrets } from './resolve-secrets.ts';

/** `POST /api/secrets/resolve`: the values of secrets, for programs. */
export const resolveRoutes: FastifyPluginAsyncZod<Deps & OpeningDeps> = async (app, deps) => {
  app.post(
    '/api/secrets/resolve',
    {
      config: needsPerEntity('core_secret_access'),
      schema: {
        tags: ['Secrets'],
        summary: 'Read the values of text secrets, or why each can not be read',
        querystring: scopeQuerySchema.describe('Where a bare reference is.'),
        body: resolveBodySchema,
        response: { 200: resolveResponseSchema },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const place = requestScope(request.query, deps.config.accountId);
      return {
        resolved: await resolveSecrets({ ...deps, refusals: app.refusals }, request, place, request.body.references),
      };
    },
  );
};
