import {
  connectorBodySchema,
  connectorResponseSchema,
  identifierSchema,
  responseOf,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
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
import { updateConnector } from './update-connector.ts';

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
export const connectorRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;

  app.post('/', { schema: { tags, summary: 'Create a connector', ...written } }, async (request) => {
    const { connector } = request.body;
    requireAgreement(requestScope(request.query, accountId), 'connector', connector, 'leaves it');
    return success(request, toConnectorResponse(await createConnector(deps, connector), accountId));
  });

  const replaced = { tags, summary: 'Replace a connector', ...written, headers: ifMatch };
  app.put('/', { schema: replaced }, async (request) => {
    const { connector } = request.body;
    requireAgreement(requestScope(request.query, accountId), 'connector', connector, 'leaves it');
    return success(
      request,
      toConnectorResponse(await updateConnector(deps, connector, request.headers['if-match']), accountId),
    );
  });

  app.get(
    '/:identifier',
    {
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
      schema: {
        tags,
        summary: 'Delete a connector that nothing uses',
        params: identifierPath,
        querystring: deleteQuerySchema,
        response: { 200: responseOf(z.boolean()) },
      },
    },
    async (request) => {
      await deleteConnector(deps, requestScope(request.query, accountId), request.params.identifier);
      return success(request, true);
    },
  );

  app.get(
    '/validateUniqueIdentifier',
    {
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
