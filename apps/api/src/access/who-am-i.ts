import { whoAmISchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { signedIn } from './route-access.ts';

export const WHO_AM_I_PATH = '/api/whoami';

/** `GET /api/whoami`: who the request is from and what they may do. */
export const whoAmIRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    WHO_AM_I_PATH,
    {
      config: signedIn,
      schema: { tags: ['Access'], summary: 'Who I am and what I may do', response: { 200: whoAmISchema } },
    },
    async ({ access: { identity } }) => ({
      principal: identity.principal,
      authentication: identity.authentication.method,
      grants: identity.grants.list.map(({ place, permissions }) => ({
        orgIdentifier: place.orgIdentifier ?? null,
        projectIdentifier: place.projectIdentifier ?? null,
        permissions: [...permissions],
      })),
    }),
  );
};
