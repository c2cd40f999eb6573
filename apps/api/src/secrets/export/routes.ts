import { exportLineSchema, scopeQuerySchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { needs } from '../../access/route-access.ts';
import type { Deps } from '../../app.ts';
import { requestScope } from '../../http/scope.ts';
import { answerWithSecrets } from './answer-with-secrets.ts';

/** `GET /api/secrets/export`: the way out, envelopes and what opens them, without plaintext. */
export const secretExportRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get(
    '/api/secrets/export',
    {
      config: needs('core_secret_access'),
      // All of it would be read, and on record as exported, for nothing.
      exposeHeadRoute: false,
      schema: {
        tags: ['Secrets'],
        summary: 'Export the secrets of the scope and of all below it as JSON lines, encrypted as they are stored',
        querystring: scopeQuerySchema,
        response: {
          200: {
            description:
              'A manifest, data keys before the secrets that need them, secrets with their encrypted values, the content of a ' +
              'file after it, and an end that counts: without it, the export is not whole. It has no plaintext.',
            content: { 'application/jsonl': { schema: exportLineSchema } },
          },
        },
      },
    },
    async (request, reply) =>
      answerWithSecrets(request, reply, requestScope(request.query, deps.config.accountId), deps),
  );
};
