import { simulatorSeedSchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { signedIn } from '../access/route-access.ts';
import { WardlineError } from '../wardline-error.ts';
import type { SimulatorHandle } from './simulator-handle.ts';

/** `GET /api/simulator`: the ready-made keys, users and roles to try the wizard with. */
export const simulatorRoutes: FastifyPluginAsyncZod<{ simulator: SimulatorHandle | undefined }> = async (
  app,
  { simulator },
) => {
  app.get(
    '/api/simulator',
    {
      config: signedIn,
      schema: {
        tags: ['Simulator'],
        summary: 'What the local AWS simulator was seeded with',
        description: 'Its credentials open nothing but the simulator. 404 while the simulator is off.',
        response: { 200: simulatorSeedSchema },
      },
    },
    async (_request, reply) => {
      if (!simulator) {
        throw new WardlineError(
          'ENTITY_NOT_FOUND',
          'The AWS simulator is off. Start with WARDLINE_SIMULATOR=on to use it.',
        );
      }
      reply.header('cache-control', 'no-store');
      return simulator.seed;
    },
  );
};
