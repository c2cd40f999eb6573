import { type ApiError, ERROR_CODES, type ErrorCode, type FieldError } from '@wardline/contracts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import type { ZodError } from 'zod';
import { isUnavailable } from '../db/failures.ts';
import { WardlineError } from '../wardline-error.ts';

type ResponseMessage = Extract<ApiError, { status: 'ERROR' }>['responseMessages'][number];

/** Turns whatever a route throws into one of the two documented failure bodies; unknown errors say nothing but an id. */
export const errorsPlugin = fp(async (app: FastifyInstance) => {
  app.setErrorHandler((thrown: FastifyError, request, reply) => {
    // A library may throw anything.
    const error = thrown instanceof Error ? thrown : new Error('something that is no error was thrown');
    const bodyType = request.routeOptions.schema?.consumes?.[0] ?? 'application/json';
    const bodyIsEmpty = request.body === undefined || request.body === null;
    const refusal = toWardlineError(error, { bodyType, bodyIsEmpty });
    if (refusal.httpStatus >= 500) request.log.error({ err: error }, 'request failed');
    const { retryAfterSeconds } = refusal.details;
    if (retryAfterSeconds !== undefined) reply.header('retry-after', Math.ceil(retryAfterSeconds));
    // RFC 9110, section 11.6.1: a 401 names a way to show who one is.
    if (refusal.httpStatus === 401) reply.header('www-authenticate', 'ApiKey header="x-api-key"');
    return reply.status(refusal.httpStatus).send(toBody(refusal, request.id));
  });

  app.setNotFoundHandler((request, reply) => {
    const refusal = unknownPath(request.method, request.url.split('?')[0] ?? '');
    return reply.status(refusal.httpStatus).send(toBody(refusal, request.id));
  });
});

/**
 * A path that is not served. Below `/ng`, `/authz` and `/audit` it must not look like an entity that is gone, or Terraform would drop from its
 * state every resource of a kind that this server has not; and clients show a message only at 400.
 */
function unknownPath(method: string, path: string): WardlineError {
  const message = `There is no ${method} ${readablePath(path)}.`;
  if (!/^\/(ng|authz|audit)\//.test(path)) return new WardlineError('ENTITY_NOT_FOUND', message);
  const hints = ['This server has a part of the API only: /api/docs lists it.'];
  return new WardlineError('INVALID_REQUEST', message, { hints });
}

/** A name, or `…` for what is none: someone pasted a key or a password there, and answers get copied. */
const readableName = (text: string): string => (/^[\w$.~-]{1,40}$/.test(text) ? text : '…');

const readablePath = (path: string): string => path.replace(/[^/]+/g, readableName);

/** zod's message for fields that a body may not have, with their names as far as they are names. */
function unknownFields(keyword: string, { keys }: Record<string, unknown>): string | undefined {
  if (keyword !== 'unrecognized_keys' || !Array.isArray(keys)) return undefined;
  const names = keys.map((key) => `"${readableName(String(key))}"`);
  return `Unrecognized key${names.length > 1 ? 's' : ''}: ${names.join(', ')}`;
}

/** Answers a URL that the router cannot read, before any hook has run. */
export function answerUnroutable(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = new WardlineError(
    'INVALID_REQUEST',
    'The URL is malformed: a % stands before two hexadecimal digits.',
  );
  reply.status(refusal.httpStatus).send(toBody(refusal, request.id));
}

interface Expected {
  /** As which the route takes its body. */
  readonly bodyType: string;
  readonly bodyIsEmpty: boolean;
}

function toWardlineError(error: Error & Partial<FastifyError>, { bodyType, bodyIsEmpty }: Expected): WardlineError {
  if (error instanceof WardlineError) return error;
  if (isUnavailable(error)) {
    return new WardlineError('SERVICE_UNAVAILABLE', 'The database cannot be reached. Try again in a moment.');
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    if (error.validationContext === 'body' && bodyIsEmpty) {
      return invalidFields([{ fieldId: 'body', error: `Send a body, as ${bodyType}.` }]);
    }
    const fields = error.validation.map(
      (issue): FieldError => ({
        fieldId: fieldPath(issue.instancePath, error.validationContext),
        error: unknownFields(issue.keyword, issue.params) ?? issue.message ?? 'is not as documented',
      }),
    );
    return invalidFields(fields);
  }
  if (isResponseSerializationError(error)) return new WardlineError('UNKNOWN_ERROR', 'An unexpected error occurred.');
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new WardlineError('PAYLOAD_TOO_LARGE', 'The request body is too large.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new WardlineError('UNSUPPORTED_MEDIA_TYPE', `Send the body as ${bodyType}.`);
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new WardlineError('INVALID_REQUEST', 'The request body is not valid JSON.');
    // PostgreSQL's SQLSTATE for text with the character U+0000.
    case '22021':
      return new WardlineError('INVALID_REQUEST', 'A text contains the character U+0000, which cannot be stored.');
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new WardlineError('INVALID_REQUEST', error.message);
  }
  return new WardlineError('UNKNOWN_ERROR', 'An unexpected error occurred. The log has the details under this ID.');
}

/** A 400 whose message joins "field: error" pairs with commas, as the ecosystem's clients show it. */
export function invalidFields(fields: FieldError[]): WardlineError {
  const message = fields.map(({ fieldId, error }) => `${fieldId}: ${error}`).join(', ');
  return new WardlineError('INVALID_REQUEST', message, { fields });
}

/**
 * The refusal of input that is no whole body, such as a part of a form.
 * @param root what the input is called, for what concerns all of it.
 */
export function invalidInput({ issues }: ZodError, root: string): WardlineError {
  return invalidFields(
    issues.map((issue) => ({
      fieldId: issue.path.join('.') || root,
      error: unknownFields(issue.code, { ...issue }) ?? issue.message,
    })),
  );
}

/** `/connector/spec/region` → `connector.spec.region`; query and path parameters keep their own names. */
function fieldPath(instancePath: string, context: string | undefined): string {
  const path = instancePath.split('/').filter(Boolean).join('.');
  return path === '' ? (context ?? 'body') : path;
}

function toBody(error: WardlineError, correlationId: string): ApiError {
  const { code, message, details } = error;
  if (details.fields || ERROR_CODES[code].body === 'failure') {
    return { status: 'FAILURE', code, message, correlationId, errors: details.fields ? [...details.fields] : null };
  }
  return {
    status: 'ERROR',
    code,
    message,
    correlationId,
    detailedMessage: null,
    responseMessages: [
      ...(details.hints ?? []).map((hint) => responseMessage('HINT', hint)),
      ...(details.explanations ?? []).map((explanation) => responseMessage('EXPLANATION', explanation)),
      responseMessage(code, message),
    ],
    metadata: metadataOf(error),
    ...(details.failedPermissionChecks && { failedPermissionChecks: [...details.failedPermissionChecks] }),
  };
}

/** Hints and explanations are codes at level INFO; the refusal itself is the one ERROR and comes last. */
function responseMessage(code: ErrorCode | 'HINT' | 'EXPLANATION', message: string): ResponseMessage {
  const level = code === 'HINT' || code === 'EXPLANATION' ? 'INFO' : 'ERROR';
  return { code, level, message, exception: null, failureTypes: [] };
}

function metadataOf({ details: { referencedBy, taskId, finding } }: WardlineError) {
  if (!referencedBy && !taskId && !finding) return null;
  return { ...(taskId && { taskId }), ...(referencedBy && { referencedBy }), ...(finding && { finding }) };
}
