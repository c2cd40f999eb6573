import multipart from '@fastify/multipart';
import { FILE_MAX_BYTES, responseOf, scopeQuerySchema, secretResponseSchema } from '@wardline/contracts';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs } from '../../access/route-access.ts';
import type { Deps } from '../../app.ts';
import { identifierPath } from '../../http/parameters.ts';
import { requestScope } from '../../http/scope.ts';
import { success } from '../../http/success.ts';
import { secretIfMatch } from '../if-match.ts';
import type { SealingDeps } from '../managers/with-sealing-key.ts';
import type { Secret } from '../secret.ts';
import { toSecretResponse } from '../secret-response.ts';
import { createFile } from './create-file.ts';
import { leaveUnread } from './leave-unread.ts';
import { SPEC_MAX_BYTES } from './read-spec.ts';
import { readUpload } from './read-upload.ts';
import type { Receive } from './receive-file.ts';
import { tooLarge } from './store-content.ts';
import { updateFile } from './update-file.ts';

/** What the parts of a form take beside their contents, in bytes: generous, since what is received is counted anyway. */
const FORM_BYTES = 64 * 1024;

/** Read as it comes, so the schema only describes it. */
const uploadBody = z.unknown().meta({
  type: 'object',
  required: ['spec'],
  properties: {
    spec: { type: 'string', description: 'JSON text: `{"secret": {"type": "SecretFile", "name": …, "spec": {…}}}`.' },
    file: { type: 'string', format: 'binary', description: `At most ${FILE_MAX_BYTES} bytes. Needed to create.` },
  },
});

const schema = {
  tags: ['Secrets'],
  consumes: ['multipart/form-data'],
  querystring: scopeQuerySchema,
  body: uploadBody,
  response: { 200: responseOf(secretResponseSchema) },
};

/** Reads the form, which is refused at once where its length is told and too large. */
function receiving(request: FastifyRequest): Receive {
  return async (reader) => {
    const declared = Number(request.headers['content-length']);
    if (declared > FILE_MAX_BYTES + SPEC_MAX_BYTES + FORM_BYTES) throw tooLarge();
    return readUpload(request, reader);
  };
}

/** `/ng/api/v2/secrets/files`: files that are stored as they come, whatever the order of the parts. */
export const fileUploadRoutes: FastifyPluginAsyncZod<Deps & SealingDeps> = async (app, deps) => {
  const { accountId, secrets } = deps.config;
  const answer = (request: FastifyRequest, secret: Secret) =>
    success(request, toSecretResponse(secret, { days: secrets.proofDays, now: deps.now() }));

  app.removeAllContentTypeParsers();
  await app.register(multipart);
  // Whatever else comes gets the same answer as a form without parts, and is not read.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.addHook('onRequest', leaveUnread);

  app.post(
    '/',
    { config: needs('core_secret_edit'), schema: { ...schema, summary: 'Create a secret from a file' } },
    async (request) => {
      const scope = requestScope(request.query, accountId);
      return answer(request, await createFile(deps, request, scope, receiving(request)));
    },
  );

  app.put(
    '/:identifier',
    {
      config: needs('core_secret_edit'),
      schema: {
        ...schema,
        summary: 'Change a file; without the part `file`, the stored content stays',
        params: identifierPath,
        headers: secretIfMatch,
      },
    },
    async (request) => {
      const { orgIdentifier, projectIdentifier } = requestScope(request.query, accountId);
      const address = { place: { orgIdentifier, projectIdentifier }, identifier: request.params.identifier };
      const readVersion = request.headers['if-match'];
      return answer(request, await updateFile(deps, request, { address, readVersion }, receiving(request)));
    },
  );
};
