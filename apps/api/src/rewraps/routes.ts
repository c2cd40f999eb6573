import {
  pageQuerySchema,
  rewrapBodySchema,
  rewrapPageSchema,
  rewrapSchema,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs, needsPerEntity } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import type { DataKeys } from '../data-keys/data-keys.ts';
import { requestScope } from '../http/scope.ts';
import { cancelRewrap } from './cancel-rewrap.ts';
import { findRewrap } from './find-rewrap.ts';
import { listRewraps } from './list-rewraps.ts';
import { startRewrap } from './start-rewrap.ts';

const tags = ['Secrets'];
const rewrapPath = z.object({ id: z.uuid() });
const listQuery = scopeQuerySchema.extend(pageQuerySchema.pick({ pageIndex: true, pageSize: true }).shape);

/** `/api/secrets/rewraps`: encrypting stored values anew, under another key or in another manager. */
export const rewrapRoutes: FastifyPluginAsyncZod<Deps & { readonly dataKeys: DataKeys }> = async (app, deps) => {
  const { accountId } = deps.config;

  app.post(
    '/',
    {
      config: needsPerEntity('core_secret_edit'),
      schema: {
        tags,
        summary: 'Encrypt the secrets of a manager anew, under its present key or in another manager',
        querystring: scopeQuerySchema,
        body: rewrapBodySchema,
        response: { 200: rewrapSchema },
      },
    },
    async (request) => startRewrap(deps, request, requestScope(request.query, accountId), request.body),
  );

  app.get(
    '/',
    {
      config: needs('core_secret_view'),
      schema: {
        tags,
        summary: 'List rewraps, newest first',
        querystring: listQuery,
        response: { 200: rewrapPageSchema },
      },
    },
    async ({ access, query }) =>
      listRewraps(deps, access, requestScope(query, accountId), { index: query.pageIndex, size: query.pageSize }),
  );

  app.get(
    '/:id',
    {
      config: needsPerEntity('core_secret_view'),
      schema: {
        tags,
        summary: 'How far a rewrap is, and its report',
        params: rewrapPath,
        response: { 200: rewrapSchema },
      },
    },
    async (request) => {
      const { rewrap, answer } = await findRewrap(deps, request.access, request.params.id);
      request.access.require('core_secret_view', rewrap.place);
      return answer;
    },
  );

  app.post(
    '/:id/cancel',
    {
      config: needsPerEntity('core_secret_edit'),
      schema: {
        tags,
        summary: 'End a rewrap; what was encrypted anew stays so, and everything can be read',
        params: rewrapPath,
        response: { 200: rewrapSchema },
      },
    },
    async (request) => cancelRewrap(deps, request, request.params.id),
  );
};
