import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accountScope, needs } from '../access/route-access.ts';
import type { DataKeys } from '../data-keys/data-keys.ts';
import type { DelegateHub } from '../delegates/connect/hub.ts';
import { serverMetrics } from './server-metrics.ts';

interface MetricsOptions {
  readonly hub: DelegateHub;
  readonly dataKeys: DataKeys;
}

/** `GET /api/metrics`: counts of this server process, for Prometheus, which sends an API key as a header. */
export const metricsRoutes: FastifyPluginAsyncZod<MetricsOptions> = async (app, { hub, dataKeys }) => {
  const metrics = serverMetrics(hub, dataKeys);
  app.get(
    '/api/metrics',
    {
      config: needs('core_delegate_view', accountScope),
      logLevel: 'warn',
      schema: {
        tags: ['Server'],
        summary: 'Counts of this server process, for Prometheus',
        response: {
          200: {
            description: 'In the text format of Prometheus.',
            content: { 'text/plain': { schema: z.string() } },
          },
        },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store').type(metrics.contentType);
      return metrics.metrics();
    },
  );
};
