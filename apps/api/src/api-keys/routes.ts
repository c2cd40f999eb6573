import {
  apiKeyAggregateSchema,
  apiKeyInputSchema,
  apiKeyOwnerQuerySchema,
  apiKeySchema,
  pageOf,
  pageQuerySchema,
  responseOf,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signedIn } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { agreedScope } from '../http/agreement.ts';
import { identifierPath, listParameter, searchParameter } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { invalidFields } from '../plugins/errors.ts';
import { toApiKeyResponse } from './api-key-response.ts';
import { createApiKey } from './create-api-key.ts';
import { deleteApiKey } from './delete-api-key.ts';
import { getApiKey, listAllApiKeys, listApiKeys } from './list-api-keys.ts';
import { readOwnedQuery } from './owned-page.ts';
import { updateApiKey } from './update-api-key.ts';

const tags = ['API keys'];
const one = { 200: responseOf(apiKeySchema) };
const ownerQuery = scopeQuerySchema.extend(apiKeyOwnerQuerySchema.shape);
const listQuery = ownerQuery.extend({ identifiers: listParameter });
const aggregateQuery = listQuery.extend(pageQuerySchema.shape).extend({ searchTerm: searchParameter });

/**
 * `/ng/api/apikey`: the holders of tokens, one's own or a service account's. Whoever is signed in may call, and the
 * owner that the request names decides what it takes (resolveOwner).
 */
export const apiKeyRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;

  app.post(
    '/',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Create an API key',
        querystring: scopeQuerySchema,
        body: apiKeyInputSchema,
        response: one,
      },
    },
    async (request) => {
      const place = agreedScope(request.query, request.body, 'body', accountId);
      const { key, owner } = await createApiKey(deps, request, place, request.body);
      return success(request, toApiKeyResponse(key, owner, accountId));
    },
  );

  app.put(
    '/:identifier',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Change an API key',
        params: identifierPath,
        querystring: scopeQuerySchema,
        body: apiKeyInputSchema,
        response: one,
      },
    },
    async (request) => {
      const place = agreedScope(request.query, request.body, 'body', accountId);
      const { identifier } = request.params;
      // The Terraform provider puts the account where the ID belongs, and the ID in the body only.
      if (identifier !== request.body.identifier && identifier !== accountId) throw anotherIdentifier(identifier);
      const { key, owner } = await updateApiKey(deps, request, place, request.body);
      return success(request, toApiKeyResponse(key, owner, accountId));
    },
  );

  app.delete(
    '/:identifier',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Delete an API key with its tokens',
        params: identifierPath,
        querystring: ownerQuery,
        response: { 200: responseOf(z.boolean()) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      await deleteApiKey(deps, request, { ...request.query, ...request.params, place });
      return success(request, true);
    },
  );

  app.get(
    '/',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'List the API keys of an owner, without pages',
        querystring: listQuery,
        response: { 200: responseOf(z.array(apiKeySchema)) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      return success(request, await listAllApiKeys(deps, request, { ...request.query, place }));
    },
  );

  app.get(
    '/aggregate',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'List the API keys of an owner with the number of their tokens',
        querystring: aggregateQuery,
        response: { 200: responseOf(pageOf(apiKeyAggregateSchema)) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const page = readOwnedQuery(request.query);
      return success(request, await listApiKeys(deps, request, { ...request.query, place }, page));
    },
  );

  app.get(
    '/aggregate/:identifier',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Get an API key with the number of its tokens',
        params: identifierPath,
        querystring: ownerQuery,
        response: { 200: responseOf(apiKeyAggregateSchema) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      return success(request, await getApiKey(deps, request, { ...request.query, ...request.params, place }));
    },
  );
};

function anotherIdentifier(identifier: string) {
  const error = `The ID of an API key can't change; it is “${identifier}”.`;
  return invalidFields([{ fieldId: 'identifier', error }]);
}
