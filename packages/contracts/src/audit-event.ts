import { z } from 'zod';
import { auditActionSchema, auditOutcomeSchema, auditPrincipalTypeSchema, auditResourceTypeSchema } from './audit.ts';

const labels = z.record(z.string(), z.string());

/**
 * An event of the audit log as `POST /audit/api/audits/list` answers it: the ecosystem's AuditEventDTO, then what
 * Wardline adds. Texts before and after the change come from `GET /audit/api/auditYaml`.
 */
export const auditEventSchema = z.object({
  auditId: z.string(),
  insertId: z.string(),
  resourceScope: z.object({
    accountIdentifier: z.string(),
    orgIdentifier: z.string().nullable(),
    projectIdentifier: z.string().nullable(),
    labels,
  }),
  httpRequestInfo: z.object({ requestMethod: z.string(), requestPath: z.string() }).nullable(),
  requestMetadata: z.object({ clientIP: z.string().nullable() }).nullable(),
  /** When, in milliseconds since 1970. */
  timestamp: z.number().int(),
  authenticationInfo: z.object({
    principal: z.object({ type: auditPrincipalTypeSchema, identifier: z.string() }),
    /** `username`; for a user and a service account also `userId`; how they authenticated, as `method`. */
    labels,
  }),
  module: z.literal('CORE'),
  environment: z.null(),
  /** The name, where the resource has one, is the label `resourceName`. */
  resource: z.object({ type: auditResourceTypeSchema, identifier: z.string(), labels }),
  yamlDiffRecord: z.null(),
  action: auditActionSchema,
  auditEventData: z.null(),
  internalInfo: z.null(),
  // Wardline's own.
  outcome: auditOutcomeSchema,
  requestId: z.string().nullable(),
  /** What else is worth knowing, e.g. why a sign-in failed. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Whether `auditYaml` has anything to show. */
  hasDiff: z.boolean(),
  /** The event's number in the chain, from 1 without a gap. */
  seq: z.number().int(),
  /** Hexadecimal; covers the event, its number and the hash of the event before. */
  hash: z.string(),
});
export type AuditEventResponse = z.infer<typeof auditEventSchema>;

/**
 * One page of events. Counting stops at a bound where there is a filter: then `totalItems` and `totalPages` say what
 * is there at least, always more than this page where more follows, and `totalIsLowerBound` is true.
 */
export const auditPageSchema = z.object({
  totalPages: z.number().int(),
  totalItems: z.number().int(),
  pageItemCount: z.number().int(),
  pageSize: z.number().int(),
  content: z.array(auditEventSchema),
  pageIndex: z.number().int(),
  empty: z.boolean(),
  /** Leads to the next page at the same cost however deep; null at the end. */
  pageToken: z.string().nullable(),
  totalIsLowerBound: z.boolean(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

const state = z.record(z.string(), z.unknown()).nullable();

/** The answer of `GET /audit/api/auditYaml`: the entity before and after, null where there was none. */
export const auditYamlSchema = z.object({
  oldYaml: z.string().nullable(),
  newYaml: z.string().nullable(),
  /** Wardline's own: the same as JSON, to be compared field by field. */
  before: state,
  after: state,
});
export type AuditYaml = z.infer<typeof auditYamlSchema>;

/** One line of `GET /audit/api/audits/export`. The hash is HMAC-SHA-256 of `previousHash`, `seq` and the text of `event`. */
export const auditExportLineSchema = z.object({
  seq: z.number().int(),
  previousHash: z.string(),
  hash: z.string(),
  event: z.record(z.string(), z.unknown()),
});
