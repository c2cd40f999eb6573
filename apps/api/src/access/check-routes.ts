import { accessCheckRequestSchema, accessCheckResponseSchema, responseOf } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../app.ts';
import { success } from '../http/success.ts';
import { checkAccess } from './check-access.ts';
import { signedIn } from './route-access.ts';

/** `POST /authz/api/acl`: may someone do this there? */
export const accessCheckRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.post(
    '/authz/api/acl',
    {
      // About oneself anyone may ask; about others the check itself demands the right to see roles.
      config: signedIn,
      schema: {
        tags: ['Access'],
        summary: 'Whether I, or someone whose roles I may see, may do something somewhere',
        body: accessCheckRequestSchema,
        response: { 200: responseOf(accessCheckResponseSchema) },
      },
    },
    async (request) => success(request, await checkAccess(deps, request.access, request.body)),
  );
};
