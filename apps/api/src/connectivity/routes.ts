import {
  connectivityHistoryQuerySchema,
  connectivityHistorySchema,
  delegatesTestEventSchema,
  delegatesTestResultSchema,
  draftTestBodySchema,
  responseOf,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { bodyScope, needs } from '../access/route-access.ts';
import type { Config } from '../config.ts';
import { identifierPath } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { refuseBuiltInManager } from '../secrets/built-in-manager.ts';
import { answerWithTest } from '../test-connection/answer.ts';
import { draftSubject } from '../test-connection/draft-subject.ts';
import { findConnector } from '../test-connection/find-connector.ts';
import type { TestDeps } from '../test-connection/run-test.ts';
import { recordedTest } from '../test-connection/test-entry.ts';
import type { TestSubject } from '../test-connection/test-subject.ts';
import { delegatesTestEntry } from './delegates-test-entry.ts';
import { readHistory } from './read-history.ts';
import { chooseDelegates, testOnDelegates } from './test-on-delegates.ts';

const tags = ['Connection test'];
type RouteDeps = TestDeps & { readonly config: Config };

const delegatesAnswer = {
  description:
    'What came of it at each delegate; the status of the connector stays as it is. With `Accept: text/event-stream`, ' +
    'first the delegates, then one server-sent event for whatever a delegate reports, and last the `result`.',
  content: {
    'application/json': { schema: responseOf(delegatesTestResultSchema) },
    'text/event-stream': { schema: delegatesTestEventSchema },
  },
};

/** How connections have been, and tests by every delegate that matches. */
export const connectivityRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, deps) => {
  await app.register(storedConnectorRoute, deps);

  app.post(
    '/api/connectors/testOnDelegates',
    {
      config: needs('core_connector_edit', bodyScope('connector')),
      schema: {
        tags,
        summary: 'Test a draft on every delegate that matches, without storing it',
        querystring: scopeQuerySchema,
        body: draftTestBodySchema,
        response: { 200: delegatesAnswer },
      },
    },
    async (request, reply) => {
      const subject = await draftSubject(request.body.connector, request.query, request.access, deps);
      return answer({ request, reply, subject, draft: true }, deps);
    },
  );

  app.get(
    '/api/connectors/:identifier/history',
    {
      config: needs('core_connector_view'),
      schema: {
        tags,
        summary: 'How the connection of a connector has been',
        params: identifierPath,
        querystring: scopeQuerySchema.extend(connectivityHistoryQuerySchema.shape),
        response: { 200: responseOf(connectivityHistorySchema) },
      },
    },
    async (request) => {
      const scope = requestScope(request.query, deps.config.accountId);
      const connector = await findConnector(scope, request.params.identifier, deps.storage);
      return success(request, await readHistory(connector, request.query, deps));
    },
  );
};

const storedConnectorRoute: FastifyPluginAsyncZod<RouteDeps> = async (app, deps) => {
  // As for the test on one delegate: a body has no meaning here, whatever its type.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null));

  app.post(
    '/api/connectors/testOnDelegates/:identifier',
    {
      config: needs('core_connector_access'),
      schema: {
        tags,
        summary: 'Test a stored connector on every delegate that matches',
        params: identifierPath,
        querystring: scopeQuerySchema,
        response: { 200: delegatesAnswer },
      },
    },
    async (request, reply) => {
      const scope = requestScope(request.query, deps.config.accountId);
      refuseBuiltInManager(request.params.identifier, 'tested');
      const { identifier, name, spec } = await findConnector(scope, request.params.identifier, deps.storage);
      return answer({ request, reply, subject: { scope, identifier, name, spec }, draft: false }, deps);
    },
  );
};

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly subject: TestSubject;
  readonly draft: boolean;
}

/** Answers with the tests of a subject, which are one event in the audit log. */
async function answer({ request, reply, subject, draft }: Asked, deps: RouteDeps) {
  const { identifier, name, scope } = subject;
  const { orgIdentifier, projectIdentifier } = scope;
  const about = { identifier, name, place: { orgIdentifier, projectIdentifier } };
  const chosen = await chooseDelegates(subject, deps);
  return answerWithTest(request, reply, (signal) =>
    recordedTest(testOnDelegates(subject, chosen, deps, signal), (outcome) =>
      deps.storage.record(request.actor, delegatesTestEntry(about, outcome, draft)),
    ),
  );
}
