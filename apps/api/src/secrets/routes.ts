import {
  identifierSchema,
  pageOf,
  pageQuerySchema,
  responseOf,
  scopeQuerySchema,
  secretBodySchema,
  secretFilterSchema,
  secretResponseSchema,
} from '@wardline/contracts';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bodyScope, needs, needsPerEntity } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { requireAgreement } from '../http/agreement.ts';
import { readPageRequest } from '../http/paging.ts';
import {
  deleteQuerySchema,
  flagParameter,
  identifierPath,
  listParameter,
  searchParameter,
} from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { createSecret } from './create-secret.ts';
import { deleteSecret } from './delete-secret.ts';
import { getSecret } from './get-secret.ts';
import { secretIfMatch } from './if-match.ts';
import { listSecrets } from './list-secrets.ts';
import { listedScopes } from './listed-scopes.ts';
import type { Secret } from './secret.ts';
import { toSecretResponse } from './secret-response.ts';
import { updateSecret } from './update-secret.ts';
import type { ChangeDeps } from './write-deps.ts';

const tags = ['Secrets'];
const one = { 200: responseOf(secretResponseSchema) };
const page = { 200: responseOf(pageOf(secretResponseSchema)) };
const NEWEST_FIRST = { column: 'updated_at', direction: 'desc' } as const;

const updateQuery = scopeQuerySchema.extend({
  requireProof: flagParameter.describe(
    'Also refuse half of an access key that does not fit the other half yet, where a connector reads with it what it keeps.',
  ),
});
const listQuery = scopeQuerySchema.extend(pageQuerySchema.shape);
const deprecatedListQuery = listQuery.extend({
  identifiers: listParameter,
  type: listParameter,
  types: listParameter,
  searchTerm: searchParameter,
  includeSecretsFromEverySubScope: flagParameter.describe('With the secrets of all scopes below.'),
  includeAllSecretsAccessibleAtScope: flagParameter.describe('With the secrets of the scopes above.'),
  secretManagerIdentifiers: listParameter,
});

/** `/ng/api/v2/secrets`: text secrets, without their values. */
export const secretRoutes: FastifyPluginAsyncZod<Deps & ChangeDeps> = async (app, deps) => {
  const { accountId } = deps.config;
  const answer = (request: FastifyRequest, secret: Secret) =>
    success(request, toSecretResponse(secret, { days: deps.config.secrets.proofDays, now: deps.now() }));

  app.post(
    '/',
    {
      config: needs('core_secret_edit', bodyScope('secret')),
      schema: {
        tags,
        summary: 'Create a text secret',
        querystring: scopeQuerySchema,
        body: secretBodySchema,
        response: one,
      },
    },
    async (request) => {
      const { secret } = request.body;
      requireAgreement(requestScope(request.query, accountId), 'secret', secret, 'means none');
      return answer(request, await createSecret(deps, request, secret));
    },
  );

  app.put(
    '/:identifier',
    {
      config: needs('core_secret_edit'),
      schema: {
        tags,
        summary: 'Change a text secret; without a value, the stored one stays',
        params: identifierPath,
        querystring: updateQuery,
        body: secretBodySchema,
        headers: secretIfMatch,
        response: one,
      },
    },
    async (request) => {
      const address = { place: requestScope(request.query, accountId), identifier: request.params.identifier };
      const loneHalf = request.query.requireProof ? 'refused' : 'accepted';
      const options = { readVersion: request.headers['if-match'], loneHalf } as const;
      return answer(request, await updateSecret(deps, request, address, request.body.secret, options));
    },
  );

  app.get(
    '/:identifier',
    {
      config: needs('core_secret_view'),
      schema: {
        tags,
        summary: 'Get a secret, without its value',
        params: identifierPath,
        querystring: scopeQuerySchema,
        response: one,
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      return answer(request, await getSecret(deps, { place, identifier: request.params.identifier }));
    },
  );

  app.delete(
    '/:identifier',
    {
      config: needs('core_secret_delete'),
      schema: {
        tags,
        summary: 'Delete a secret that nothing uses',
        params: identifierPath,
        querystring: deleteQuerySchema,
        response: { 200: responseOf(z.boolean()) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      await deleteSecret(deps, request, { place, identifier: request.params.identifier });
      return success(request, true);
    },
  );

  app.get(
    '/',
    {
      config: needsPerEntity('core_secret_view'),
      schema: { tags, summary: 'List secrets', deprecated: true, querystring: deprecatedListQuery, response: page },
    },
    async (request) => {
      const { type = [], types = [], ...filter } = request.query;
      const place = requestScope(request.query, accountId);
      const paging = readPageRequest(request.query, NEWEST_FIRST);
      const secretTypes = [...type, ...types];
      return success(
        request,
        await listSecrets(deps, {
          places: listedScopes(request.access, place, filter),
          from: place,
          filter: { ...filter, secretTypes },
          page: paging,
        }),
      );
    },
  );

  app.post(
    '/list',
    {
      config: needsPerEntity('core_secret_view'),
      schema: {
        tags,
        summary: 'List the secrets that pass a filter',
        querystring: listQuery,
        body: secretFilterSchema.nullish(),
        response: page,
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const paging = readPageRequest(request.query, NEWEST_FIRST);
      const filter = request.body ?? {};
      return success(
        request,
        await listSecrets(deps, {
          places: listedScopes(request.access, place, filter),
          from: place,
          filter,
          page: paging,
        }),
      );
    },
  );

  app.get(
    '/validateUniqueIdentifier/:identifier',
    {
      config: needs('core_secret_view'),
      schema: {
        tags,
        summary: 'Whether a secret ID is free',
        params: z.object({ identifier: identifierSchema }),
        querystring: scopeQuerySchema,
        response: { 200: responseOf(z.boolean()) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      return success(request, !(await deps.storage.secrets.exists({ place, identifier: request.params.identifier })));
    },
  );
};
