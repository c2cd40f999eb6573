import { listRegions } from '@wardline/aws-kms/regions';
import { optionalText, regionSchema, restResponseOf } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signedIn } from '../access/route-access.ts';
import type { Config } from '../config.ts';
import { requestScope, SHORT_PARAMETERS } from '../http/scope.ts';
import type { SimulatorHandle } from '../simulator/simulator-handle.ts';

/** `GET /api/awshelper/aws-regions`: every region that the AWS SDK knows, and the simulator's. */
export const regionRoutes: FastifyPluginAsyncZod<{
  config: Config;
  simulator: SimulatorHandle | undefined;
}> = async (app, { config, simulator }) => {
  app.get(
    '/aws-regions',
    {
      config: signedIn,
      schema: {
        tags: ['Regions'],
        summary: 'AWS regions, grouped by partition',
        querystring: z.object({
          accountId: optionalText.describe('Account; the server has exactly one, so it may be left out.'),
        }),
        response: { 200: restResponseOf(regionSchema.array()) },
      },
    },
    async ({ query: { accountId } }) => {
      requestScope({ accountIdentifier: accountId }, config.accountId, SHORT_PARAMETERS);
      const local = simulator ? [{ name: 'Local simulator', value: simulator.region, partition: 'aws' }] : [];
      return { metaData: {}, resource: [...local, ...listRegions()], responseMessages: [] };
    },
  );
};
