import {
  connectorBodySchema,
  connectorResponseSchema,
  identifierSchema,
  responseOf,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bodyScope, needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { requireAgreement } from '../http/agreement.ts';
import { deleteQuerySchema, identifierPath } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { toConnectorResponse } from './connector-response.ts';
import { createConnector } from './create-connector.ts';
import { deleteConnector } from './delete-connector.ts';
import { getConnector } from './get-connector.ts';
import { isIdentifierFree } from './is-identifier-free.ts';
import { connectorListRoutes } from './list-routes.ts';
import { type UpdateDeps, updateConnector } from './update-connector.ts';

const tags = ['Connectors'];
const written = {
  querystring: scopeQuerySchema.describe('Organization and project are the ones in the body.'),
  body: connectorBodySchema,
  response: { 200: responseOf(connectorResponseSchema) },
};

const ifMatch = z.object({
  'if-match': z
    .string()
    .optional()
    .describe('`lastModifiedAt` of the connector as it was read; refused when it was changed since.'),
});

/** `/ng/api/connectors`: create, replace, read, delete. */
export const connectorRoutes: FastifyPluginAsyncZod<Deps & UpdateDeps> = async (app, deps) => {
  const { accountId } = deps.config;
  const editsInBody = needs('core_connector_edit', bodyScope('connector'));

  const created = { tags, summary: 'Create a connector', ...written };
  app.post('/', { config: editsInBody, schema: created }, async (request) => {
    const { connector } = request.body;
    requireAgreement(requestScope(request.query, accountId), 'connector', connector, 'leaves it');
    return success(request, toConnectorResponse(await createConnector(deps, request, connector), accountId));
  });

  const replaced = { tags, summary: 'Replace a connector', ...written, headers: ifMatch };
  app.put('/', { config: editsInBody, schema: replaced }, async (request) => {
    const { connector } = request.body;
    requireAgreement(requestScope(request.query, accountId), 'connector', connector, 'leaves it');
    return success(
      request,
      toConnectorResponse(await updateConnector(deps, request, connector, request.headers['if-match']), accountId),
    );
  });

  app.get(
    '/:identifier',
    {
      config: needs('core_connector_view'),
      schema: {
        tags,
        summary: 'Get a connector',
        params: identifierPath,
        querystring: scopeQuerySchema,
        response: { 200: responseOf(connectorResponseSchema) },
      },
    },
    async (request) => {
      const scope = requestScope(request.query, accountId);
      const connector = await getConnector(deps, scope, request.params.identifier);
      return success(request, toConnectorResponse(connector, accountId));
    },
  );

  app.delete(
    '/:identifier',
    {
      config: needs('core_connector_delete'),
      schema: {
        tags,
        summary: 'Delete a connector that nothing uses',
        params: identifierPath,
        querystring: deleteQuerySchema,
        response: { 200: responseOf(z.boolean()) },
      },
    },
    async (request) => {
      await deleteConnector(deps, request, {
        place: requestScope(request.query, accountId),
        identifier: request.params.identifier,
      });
      return success(request, true);
    },
  );

  app.get(
    '/validateUniqueIdentifier',
    {
      config: needs('core_connector_view'),
      schema: {
        tags,
        summary: 'Whether a connector ID is free',
        querystring: scopeQuerySchema.extend({ identifier: identifierSchema }),
        response: { 200: responseOf(z.boolean()) },
      },
    },
    async (request) => {
      const scope = requestScope(request.query, accountId);
      return success(request, await isIdentifierFree(deps, scope, request.query.identifier));
    },
  );

  await connectorListRoutes(app, deps);
};
