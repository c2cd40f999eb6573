import {
  pageQuerySchema,
  responseOf,
  scopeQuerySchema,
  secretResponseSchema,
  secretVersionsResponseSchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs } from '../../access/route-access.ts';
import type { Deps } from '../../app.ts';
import { identifierPath } from '../../http/parameters.ts';
import { requestScope } from '../../http/scope.ts';
import { success } from '../../http/success.ts';
import type { ProveUsersDeps } from '../credentials/prove-users.ts';
import { secretIfMatch } from '../if-match.ts';
import { toSecretResponse } from '../secret-response.ts';
import { deleteVersion } from './delete-version.ts';
import { listVersions } from './list-versions.ts';
import { restoreVersion } from './restore-version.ts';

const tags = ['Secrets'];
const versionPath = identifierPath.extend({ version: z.coerce.number().int().min(1).max(2_147_483_647) });
const listQuery = scopeQuerySchema.extend(pageQuerySchema.pick({ pageIndex: true, pageSize: true }).shape);

/** `/api/secrets/{id}/versions`: what a secret was, without its values. */
export const secretVersionRoutes: FastifyPluginAsyncZod<Deps & ProveUsersDeps> = async (app, deps) => {
  const { accountId, secrets } = deps.config;

  app.get(
    '/',
    {
      config: needs('core_secret_view'),
      schema: {
        tags,
        summary: 'List the versions of a secret, newest first, without values',
        params: identifierPath,
        querystring: listQuery,
        response: { 200: secretVersionsResponseSchema },
      },
    },
    async (request) => {
      const address = { place: requestScope(request.query, accountId), identifier: request.params.identifier };
      const page = { index: request.query.pageIndex, size: request.query.pageSize };
      return success(request, await listVersions(deps, address, page));
    },
  );

  app.post(
    '/:version/restore',
    {
      config: needs('core_secret_edit'),
      schema: {
        tags,
        summary: 'Make an older version the newest one',
        params: versionPath,
        querystring: scopeQuerySchema,
        headers: secretIfMatch,
        response: { 200: responseOf(secretResponseSchema) },
      },
    },
    async (request) => {
      const { identifier, version } = request.params;
      const address = { place: requestScope(request.query, accountId), identifier };
      const restored = await restoreVersion(deps, request, address, version, request.headers['if-match']);
      return success(request, toSecretResponse(restored, { days: secrets.proofDays, now: deps.now() }));
    },
  );

  app.delete(
    '/:version',
    {
      config: needs('core_secret_delete'),
      schema: {
        tags,
        summary: 'Delete an old version of a secret',
        params: versionPath,
        querystring: scopeQuerySchema,
        response: { 200: responseOf(z.boolean()) },
      },
    },
    async (request) => {
      const { identifier, version } = request.params;
      await deleteVersion(deps, request, { place: requestScope(request.query, accountId), identifier }, version);
      return success(request, true);
    },
  );
};
