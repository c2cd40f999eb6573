import { scopeQuerySchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs } from '../../access/route-access.ts';
import type { Deps } from '../../app.ts';
import { identifierPath } from '../../http/parameters.ts';
import { requestScope } from '../../http/scope.ts';
import type { OpeningDeps } from '../values/stored-value.ts';
import { answerWithFile } from './answer-download.ts';
import { openFile } from './open-file.ts';

const query = scopeQuerySchema.extend({
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional().describe('The current one unless given.'),
});

const file = z.string().meta({ format: 'binary' });

/** `/api/secrets/files`: the contents of files. */
export const fileDownloadRoutes: FastifyPluginAsyncZod<Deps & OpeningDeps> = async (app, deps) => {
  app.get(
    '/:identifier',
    {
      config: needs('core_secret_access'),
      // It would be read, and on record as read, for nothing.
      exposeHeadRoute: false,
      schema: {
        tags: ['Secrets'],
        summary: 'Download a file',
        description:
          'An answer that breaks off before `Content-Length` bytes is not the file: what is stored is damaged.',
        params: identifierPath,
        querystring: query,
        response: {
          200: { description: 'The file.', content: { 'application/octet-stream': { schema: file } } },
        },
      },
    },
    async (request, reply) => {
      const { version, ...scope } = request.query;
      const address = { place: requestScope(scope, deps.config.accountId), identifier: request.params.identifier };
      return answerWithFile(reply, await openFile(deps, request, address, version));
    },
  );
};
