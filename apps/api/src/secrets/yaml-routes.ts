import {
  identifierSchema,
  responseOf,
  SECRET_YAML_MAX_BYTES,
  scopeQuerySchema,
  secretResponseSchema,
  secretValidationBodySchema,
  secretValidationSchema,
  secretYamlBodySchema,
} from '@wardline/contracts';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { bodyScope, needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { requireAgreement } from '../http/agreement.ts';
import { identifierPath } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { takeYamlBodies } from '../http/yaml-body.ts';
import { createDraft } from './create-draft.ts';
import { secretIfMatch } from './if-match.ts';
import type { Secret } from './secret.ts';
import { toSecretResponse } from './secret-response.ts';
import { updateSecret } from './update-secret.ts';
import { type ValidateDeps, validateSecret } from './validate-secret.ts';
import type { ChangeDeps } from './write-deps.ts';

const schema = {
  tags: ['Secrets'],
  consumes: ['application/yaml', 'text/yaml', 'text/plain'],
  querystring: scopeQuerySchema,
  body: secretYamlBodySchema,
  response: { 200: responseOf(secretResponseSchema) },
};

/** Routes of `/ng/api/v2/secrets` that take YAML: documents that may be kept in a repository, so without values. */
export const secretYamlRoutes: FastifyPluginAsyncZod<Deps & ChangeDeps & ValidateDeps> = async (app, deps) => {
  const { accountId, secrets } = deps.config;
  const answer = (request: FastifyRequest, secret: Secret) =>
    success(request, toSecretResponse(secret, { days: secrets.proofDays, now: deps.now() }));

  takeYamlBodies(app, SECRET_YAML_MAX_BYTES);

  app.post(
    '/yaml',
    {
      config: needs('core_secret_edit', bodyScope('secret')),
      schema: { ...schema, summary: 'Create a text secret from YAML: a draft, whose value is entered later' },
    },
    async (request) => {
      const { secret } = request.body;
      requireAgreement(requestScope(request.query, accountId), 'secret', secret, 'means none');
      return answer(request, await createDraft(deps, request, secret));
    },
  );

  app.put(
    '/:identifier/yaml',
    {
      config: needs('core_secret_edit'),
      schema: {
        ...schema,
        summary: 'Change what is said of a secret, from YAML; its value stays',
        params: identifierPath,
        headers: secretIfMatch,
      },
    },
    async (request) => {
      const address = { place: requestScope(request.query, accountId), identifier: request.params.identifier };
      const readVersion = request.headers['if-match'];
      return answer(request, await updateSecret(deps, request, address, request.body.secret, { readVersion }));
    },
  );

  app.post(
    '/validate',
    {
      config: needs('core_secret_access'),
      schema: {
        tags: ['Secrets'],
        summary: 'Prove that the value of a secret can be read, without answering it',
        consumes: ['application/json', 'application/yaml'],
        querystring: scopeQuerySchema.extend({ identifier: identifierSchema }),
        body: secretValidationBodySchema.nullish(),
        response: { 200: responseOf(secretValidationSchema) },
      },
    },
    async (request) => {
      const { identifier } = request.query;
      const address = { place: requestScope(request.query, accountId), identifier };
      return success(request, await validateSecret(deps, request, address, request.body ?? {}));
    },
  );
};
