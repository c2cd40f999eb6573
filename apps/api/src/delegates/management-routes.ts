import {
  delegateRefusalCodeSchema,
  delegateRefusalSchema,
  delegateRemovalSchema,
  optionalText,
  restResponseOf,
  scopeQuerySchema,
  storableText,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accountScope, needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { requestScope } from '../http/scope.ts';
import { removeDelegate } from './remove-delegate.ts';

const tags = ['Delegates'];

function restResponse<T>(resource: T) {
  return { metaData: {}, resource, responseMessages: [] };
}

/** What a person does about delegates that are not connected: learns why, and takes them off the list. */
export const delegateManagementRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { config, storage } = deps;

  app.get(
    '/refusals',
    {
      // Whoever is refused belongs to no scope, so what is told of them is told of the account.
      config: needs('core_delegate_view', accountScope),
      schema: {
        tags,
        summary: 'Delegates that were not let in lately, newest first, and why',
        querystring: z.object({ name: optionalText.describe('Those that called themselves so.') }),
        response: { 200: restResponseOf(delegateRefusalSchema.array()) },
      },
    },
    async (request) => {
      const rows = await storage.delegateInstances.listRefusals(request.query.name);
      return restResponse(
        rows.map(({ host_name: hostName, at, code, ...row }) => ({
          ...row,
          hostName,
          at: Date.parse(at),
          code: delegateRefusalCodeSchema.parse(code),
        })),
      );
    },
  );

  app.delete(
    '/:name',
    {
      config: needs('core_delegate_delete'),
      schema: {
        tags,
        summary: 'Take the processes of a delegate that are not connected off the list',
        params: z.object({ name: storableText }),
        querystring: scopeQuerySchema,
        response: { 200: restResponseOf(delegateRemovalSchema) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, config.accountId);
      return restResponse({ removed: await removeDelegate(deps, request, { place, name: request.params.name }) });
    },
  );
};
