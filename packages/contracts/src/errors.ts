import { z } from 'zod';
import { permissionCheckSchema } from './permission.ts';
import { findingSchema } from './trace.ts';

/**
 * Every error code that the API can answer with: HTTP status and which of the ecosystem's two failure
 * bodies carries it ("failure": field errors; "error": response messages). A refusal that names fields has the
 * first whatever its code. Statuses are the documented ones; the Go SDK reads bodies only at 400 and 500.
 */
export const ERROR_CODES = {
  INVALID_REQUEST: { httpStatus: 400, body: 'error' },
  RESOURCE_NOT_FOUND_EXCEPTION: { httpStatus: 400, body: 'failure' },
  ENTITY_NOT_FOUND: { httpStatus: 404, body: 'failure' },
  CONNECTOR_NOT_FOUND_EXCEPTION: { httpStatus: 400, body: 'error' },
  DUPLICATE_FIELD: { httpStatus: 400, body: 'error' },
  ENTITY_REFERENCE_EXCEPTION: { httpStatus: 400, body: 'error' },
  SECRET_MANAGEMENT_ERROR: { httpStatus: 400, body: 'error' },
  /** Wardline's own, of a single reference: it is missing, or the caller may not read it. The answer is the same. */
  SECRET_NOT_ACCESSIBLE: { httpStatus: 400, body: 'error' },
  /** Wardline's own, of a single reference: it is a file, which is downloaded. */
  SECRET_IS_FILE: { httpStatus: 400, body: 'error' },
  KMS_OPERATION_ERROR: { httpStatus: 400, body: 'error' },
  DELEGATE_NOT_AVAILABLE: { httpStatus: 400, body: 'error' },
  OPTIMISTIC_LOCKING_EXCEPTION: { httpStatus: 400, body: 'failure' },
  PAYLOAD_TOO_LARGE: { httpStatus: 413, body: 'failure' },
  UNSUPPORTED_MEDIA_TYPE: { httpStatus: 415, body: 'failure' },
  INVALID_TOKEN: { httpStatus: 401, body: 'error' },
  INVALID_CREDENTIAL: { httpStatus: 401, body: 'error' },
  NG_ACCESS_DENIED: { httpStatus: 403, body: 'error' },
  TOO_MANY_REQUESTS: { httpStatus: 429, body: 'error' },
  SERVICE_UNAVAILABLE: { httpStatus: 503, body: 'error' },
  UNKNOWN_ERROR: { httpStatus: 500, body: 'error' },
} as const satisfies Record<string, { httpStatus: number; body: 'failure' | 'error' }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One field that was not as documented. `fieldId` is the path in the body or query, joined with dots. */
export const fieldErrorSchema = z.object({ fieldId: z.string(), error: z.string() });
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** Who uses an entity; listed where a deletion is refused. */
export const entityUserSchema = z.object({
  type: z.enum(['Connectors', 'Secrets']),
  identifier: z.string(),
  name: z.string(),
  orgIdentifier: z.string().nullable(),
  projectIdentifier: z.string().nullable(),
});
export type EntityUser = z.infer<typeof entityUserSchema>;

export const errorCodeSchema = z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]);

/** Failure A: validation, not found, stale version. */
export const failureBodySchema = z.object({
  status: z.literal('FAILURE'),
  code: errorCodeSchema,
  message: z.string(),
  correlationId: z.string(),
  errors: z.array(fieldErrorSchema).nullable(),
});

/** Failure B: everything else. HINT and EXPLANATION are codes at level INFO, before the ERROR they belong to. */
export const errorBodySchema = z.object({
  status: z.literal('ERROR'),
  code: errorCodeSchema,
  message: z.string(),
  correlationId: z.string(),
  detailedMessage: z.string().nullable(),
  responseMessages: z.array(
    z.object({
      code: z.union([errorCodeSchema, z.enum(['HINT', 'EXPLANATION'])]),
      level: z.enum(['INFO', 'ERROR']),
      message: z.string(),
      exception: z.null(),
      failureTypes: z.array(z.string()),
    }),
  ),
  metadata: z
    .object({
      taskId: z.string().optional(),
      referencedBy: z.array(entityUserSchema).optional(),
      /** Wardline's own: the named cause, with every fix, where a key could not be used. */
      finding: findingSchema.optional(),
    })
    .nullable(),
  /** With NG_ACCESS_DENIED: every right that was missing. */
  failedPermissionChecks: z.array(permissionCheckSchema).optional(),
});

/** Either failure body. */
export const apiErrorSchema = z.discriminatedUnion('status', [failureBodySchema, errorBodySchema]);
export type ApiError = z.infer<typeof apiErrorSchema>;
