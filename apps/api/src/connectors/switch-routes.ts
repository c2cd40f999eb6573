import { connectorResponseSchema, responseOf, scopeQuerySchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { identifierPath } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { toConnectorResponse } from './connector-response.ts';
import { setConnectorDisabled } from './set-disabled.ts';

const WAYS = [
  {
    word: 'disable',
    disabled: true,
    summary: 'Disable a connector: nothing is written to it or read from it until it is enabled again',
  },
  { word: 'enable', disabled: false, summary: 'Enable a connector again' },
] as const;

/** `/api/connectors/{id}/disable` and `/enable`. */
export const connectorSwitchRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;
  for (const { word, disabled, summary } of WAYS) {
    app.post(
      `/:identifier/${word}`,
      {
        config: needs('core_connector_edit'),
        schema: {
          tags: ['Connectors'],
          summary,
          params: identifierPath,
          querystring: scopeQuerySchema,
          response: { 200: responseOf(connectorResponseSchema) },
        },
      },
      async (request) => {
        const place = requestScope(request.query, accountId);
        const address = { place, identifier: request.params.identifier };
        const connector = await setConnectorDisabled(deps, request, address, disabled);
        return success(request, toConnectorResponse(connector, accountId));
      },
    );
  }
};
