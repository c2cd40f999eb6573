import { entityUsageResponseSchema, pageQuerySchema, scopeQuerySchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needsPerEntity } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { parseFqn } from '../http/fqn.ts';
import { searchParameter } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { listUsers } from './list-users.ts';

const usageQuery = scopeQuerySchema
  .extend({
    pageIndex: pageQuerySchema.shape.pageIndex,
    pageSize: pageQuerySchema.shape.pageSize,
    identifier: z.string().optional().describe('ID of the entity, in the scope of the other parameters.'),
    referredEntityFQN: z
      .string()
      .optional()
      .describe('The entity as account/ID, account/ORG/ID or account/ORG/PROJECT/ID.'),
    referredEntityType: z.enum(['Connectors', 'Secrets'], { error: 'is Connectors or Secrets' }),
    searchTerm: searchParameter,
  })
  .refine(({ identifier, referredEntityFQN }) => identifier || referredEntityFQN, {
    path: ['identifier'],
    error: 'Say which entity: identifier or referredEntityFQN.',
  });

/** `/ng/api/entitySetupUsage`: who uses a secret or a connector. */
export const usageRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;
  for (const url of ['/', '/v2']) {
    app.get(
      url,
      {
        config: needsPerEntity('core_connector_view', 'core_secret_view'),
        schema: {
          tags: ['Usage'],
          summary: 'Who uses an entity',
          querystring: usageQuery,
          response: { 200: entityUsageResponseSchema },
        },
      },
      async (request) => {
        const {
          identifier = '',
          referredEntityFQN,
          referredEntityType,
          searchTerm,
          pageIndex,
          pageSize,
        } = request.query;
        const place = requestScope(request.query, accountId);
        const entity = referredEntityFQN ? parseFqn(referredEntityFQN, accountId) : { place, identifier };
        const kind = referredEntityType === 'Connectors' ? 'connector' : 'secret';
        request.access.require(kind === 'connector' ? 'core_connector_view' : 'core_secret_view', entity.place);
        return success(
          request,
          await listUsers(deps, { kind, ...entity, searchTerm, index: pageIndex, size: pageSize }),
        );
      },
    );
  }
};
