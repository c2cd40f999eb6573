import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { publicRoute } from '../access/route-access.ts';

/** `GET /health`: whether to send requests here. It listens only once it is ready, so there is no third state. */
export const healthRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/health',
    {
      config: publicRoute('Load balancers have no identity, and it tells nothing but whether to send requests.'),
      logLevel: 'warn',
      schema: {
        tags: ['Server'],
        summary: 'Is the server ready',
        response: {
          200: z.object({ status: z.literal('ready') }).describe('Send requests here.'),
          503: z.object({ status: z.literal('draining') }).describe('The server is stopping; look elsewhere.'),
        },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return app.isDraining() ? reply.status(503).send({ status: 'draining' }) : { status: 'ready' as const };
    },
  );
};
