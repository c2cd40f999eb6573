import { listRegions } from '@wardline/aws-kms';
import { regionSchema, restResponseOf } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SimulatorHandle } from '../simulator/simulator-handle.ts';

/** `GET /api/awshelper/aws-regions`: every region that the AWS SDK knows, and the simulator's. */
export const regionRoutes: FastifyPluginAsyncZod<{ simulator: SimulatorHandle | undefined }> = async (
  app,
  { simulator },
) => {
  app.get(
    '/aws-regions',
    {
      schema: {
        tags: ['Regions'],
        summary: 'AWS regions, grouped by partition',
        response: { 200: restResponseOf(regionSchema.array()) },
      },
    },
    async () => {
      const local = simulator ? [{ name: 'Local simulator', value: simulator.region, partition: 'aws' }] : [];
      return { metaData: {}, resource: [...local, ...listRegions()], responseMessages: [] };
    },
  );
};
