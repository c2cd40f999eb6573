import {
  pageOf,
  pageQuerySchema,
  responseOf,
  rotationQuerySchema,
  scopeQuerySchema,
  tokenAggregateSchema,
  tokenInputSchema,
  tokenOwnerQuerySchema,
  tokenSchema,
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
import { createToken } from './create-token.ts';
import { listTokens } from './list-tokens.ts';
import { readOwnedQuery } from './owned-page.ts';
import { revokeToken } from './revoke-token.ts';
import { rotateToken } from './rotate-token.ts';
import { updateToken } from './update-token.ts';

const tags = ['API keys'];
const wholeText = { 200: responseOf(z.string().describe('The whole token. It is told this once.')) };
const ownerQuery = scopeQuerySchema.extend(tokenOwnerQuerySchema.shape);
const rotationQuery = ownerQuery.extend(rotationQuerySchema.shape);
const aggregateQuery = ownerQuery
  .extend({ identifiers: listParameter, searchTerm: searchParameter })
  .extend(pageQuerySchema.shape);

/** `/ng/api/token`: what programs send as `x-api-key`. Who may call is as with API keys. */
export const tokenRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;

  app.post(
    '/',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Create a token; the answer is its text, told this once',
        querystring: scopeQuerySchema,
        body: tokenInputSchema,
        response: wholeText,
      },
    },
    async (request, reply) => {
      const place = agreedScope(request.query, request.body, 'body', accountId);
      const text = await createToken(deps, request, place, request.body);
      reply.header('cache-control', 'no-store');
      return success(request, text);
    },
  );

  app.put(
    '/:identifier',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Change a token; its text stays',
        params: identifierPath,
        querystring: scopeQuerySchema,
        body: tokenInputSchema,
        response: { 200: responseOf(tokenSchema) },
      },
    },
    async (request) => {
      const place = agreedScope(request.query, request.body, 'body', accountId);
      const { identifier } = request.params;
      if (identifier !== request.body.identifier) {
        const error = `The ID of a token can't change; it is “${identifier}”.`;
        throw invalidFields([{ fieldId: 'identifier', error }]);
      }
      return success(request, await updateToken(deps, request, place, request.body));
    },
  );

  app.delete(
    '/:identifier',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Revoke a token',
        params: identifierPath,
        querystring: ownerQuery,
        response: { 200: responseOf(z.boolean()) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      await revokeToken(deps, request, { ...request.query, ...request.params, place });
      return success(request, true);
    },
  );

  app.post(
    '/rotate/:identifier',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Replace a token; the answer is the text of the new one, told this once',
        params: identifierPath,
        querystring: rotationQuery,
        response: wholeText,
      },
    },
    async (request, reply) => {
      const place = requestScope(request.query, accountId);
      const asked = { ...request.query, ...request.params, place };
      const text = await rotateToken(deps, request, asked, request.query.rotateTimestamp);
      reply.header('cache-control', 'no-store');
      return success(request, text);
    },
  );

  app.get(
    '/aggregate',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'List the tokens of an API key, without their texts',
        querystring: aggregateQuery,
        response: { 200: responseOf(pageOf(tokenAggregateSchema)) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const page = readOwnedQuery(request.query);
      return success(request, await listTokens(deps, request, { ...request.query, place }, page));
    },
  );
};
