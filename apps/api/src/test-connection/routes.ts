import {
  draftTestBodySchema,
  lastTestResponseSchema,
  scopeQuerySchema,
  testEventSchema,
  testResponseSchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { bodyScope, needs } from '../access/route-access.ts';
import type { Config } from '../config.ts';
import { identifierPath } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { refuseBuiltInManager } from '../secrets/built-in-manager.ts';
import { answerWithTest } from './answer.ts';
import { draftSubject } from './draft-subject.ts';
import { findConnector } from './find-connector.ts';
import type { TestDeps } from './run-test.ts';
import { testDraft } from './test-draft.ts';
import { testStoredConnector } from './test-stored-connector.ts';

const tags = ['Connection test'];

/** One result as JSON, or each hop the moment it happens, whichever the client accepts. */
const testAnswer = {
  description:
    'The outcome; a failed test is an ordinary answer. With `Accept: text/event-stream`, one server-sent event per ' +
    'hop started and finished (the event name is `type`), and last the `result`.',
  content: {
    'application/json': { schema: testResponseSchema },
    'text/event-stream': { schema: testEventSchema },
  },
};

/** Connection tests of stored connectors and of drafts, and the last stored outcome. */
export const testConnectionRoutes: FastifyPluginAsyncZod<TestDeps & { config: Config }> = async (app, deps) => {
  await app.register(storedConnectorRoute, deps);

  app.post(
    '/api/connectors/test',
    {
      config: needs('core_connector_edit', bodyScope('connector')),
      schema: {
        tags,
        summary: 'Test a draft without storing it',
        querystring: scopeQuerySchema,
        body: draftTestBodySchema,
        response: { 200: testAnswer },
      },
    },
    async (request, reply) => {
      const subject = await draftSubject(request.body.connector, request.query, request.access, deps);
      return answerWithTest(request, reply, (signal) => testDraft(subject, deps, request.actor, signal));
    },
  );

  app.get(
    '/api/connectors/:identifier/last-test',
    {
      config: needs('core_connector_view'),
      schema: {
        tags,
        summary: 'The outcome of the last test, with its trace; null before the first',
        params: identifierPath,
        querystring: scopeQuerySchema,
        response: { 200: lastTestResponseSchema },
      },
    },
    async (request) => {
      const scope = requestScope(request.query, deps.config.accountId);
      const { id } = await findConnector(scope, request.params.identifier, deps.storage);
      return success(request, await deps.storage.outcomes.lastTest(id));
    },
  );
};

const storedConnectorRoute: FastifyPluginAsyncZod<TestDeps & { config: Config }> = async (app, deps) => {
  // Clients of the ecosystem send no body, an empty one, or `{}` under any content type: it has no meaning here.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null));

  app.post(
    '/ng/api/connectors/testConnection/:identifier',
    {
      config: needs('core_connector_access'),
      schema: {
        tags,
        summary: 'Test a stored connector',
        params: identifierPath,
        querystring: scopeQuerySchema,
        response: { 200: testAnswer },
      },
    },
    async (request, reply) => {
      const scope = requestScope(request.query, deps.config.accountId);
      refuseBuiltInManager(request.params.identifier, 'tested');
      const connector = await findConnector(scope, request.params.identifier, deps.storage);
      return answerWithTest(request, reply, (signal) =>
        testStoredConnector(scope, connector, deps, { actor: request.actor, signal, record: 'each' }),
      );
    },
  );
};
