import {
  auditExportLineSchema,
  auditExportQuerySchema,
  auditFilterSchema,
  auditPageSchema,
  auditVerificationSchema,
  auditYamlSchema,
  pageQuerySchema,
  responseOf,
  scopeQuerySchema,
  verificationEventSchema,
  verifyBodySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accountScope, needs, needsPerEntity } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { answerWithExport } from './answer-export.ts';
import { answerWithVerification } from './answer-verification.ts';
import { eventYaml } from './event-yaml.ts';
import { listEvents } from './list-events.ts';
import { Verification } from './verification.ts';

const tags = ['Audit'];

/** `/audit/api`: who did what. Events of a scope are for those who may audit it, or one above. */
export const auditRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;
  const verification = new Verification(deps);

  app.post(
    '/audits/list',
    {
      config: needsPerEntity('core_audit_view'),
      schema: {
        tags,
        summary: 'List the events that pass a filter, the newest first',
        querystring: scopeQuerySchema.extend(pageQuerySchema.shape),
        body: auditFilterSchema.nullish(),
        response: { 200: responseOf(auditPageSchema) },
      },
    },
    async (request) => {
      const filter = request.body ?? {};
      const asked = filter.scopes?.length ? filter.scopes : [request.query];
      const places = asked.map((scope) => requestScope(scope, accountId));
      for (const place of places) request.access.require('core_audit_view', place);
      return success(request, await listEvents(deps, { places, filter, page: request.query }));
    },
  );

  app.get(
    '/auditYaml',
    {
      config: needsPerEntity('core_audit_view'),
      schema: {
        tags,
        summary: 'What the entity of an event was before and after, as YAML',
        querystring: scopeQuerySchema.extend({ auditId: z.string().min(1).max(64) }),
        response: { 200: responseOf(auditYamlSchema) },
      },
    },
    async (request) => success(request, await eventYaml(deps, request, request.query.auditId)),
  );

  app.get(
    '/audits/export',
    {
      config: needs('core_audit_view'),
      schema: {
        tags,
        summary: 'Export the events that pass a filter as lines of JSON, the oldest first',
        querystring: auditExportQuerySchema,
        response: {
          200: {
            description:
              'One event a line. `hash` is HMAC-SHA-256 of `previousHash`, `seq` and the text of `event`, each on a line of its own.',
            content: { 'application/jsonl': { schema: auditExportLineSchema } },
          },
        },
      },
    },
    async (request, reply) => answerWithExport(request, reply, request.query, deps),
  );

  app.post(
    '/audits/verify',
    {
      config: needs('core_audit_view', accountScope),
      schema: {
        tags,
        summary: 'Verify the chain of all events, and name the first that is broken',
        querystring: scopeQuerySchema,
        body: verifyBodySchema.nullish(),
        response: {
          200: {
            description:
              'The outcome; a broken log is an ordinary answer. With `Accept: text/event-stream`, server-sent events: ' +
              '`progress`, several times, and last the `result`.',
            content: {
              'application/json': { schema: responseOf(auditVerificationSchema) },
              'text/event-stream': { schema: verificationEventSchema },
            },
          },
        },
      },
    },
    async (request, reply) => answerWithVerification(request, reply, verification, request.body?.expectedHead),
  );
};
