import { z } from 'zod';
import { auditOutcomeSchema } from './audit.ts';
import { optionalText, scopeQuerySchema } from './scope.ts';
import { storableText } from './text.ts';

/** Filters name types and actions of the whole ecosystem; those that are unknown here match nothing. */
const word = storableText.max(128);
const milliseconds = z.coerce.number().int().min(0).max(8.64e15);
const several = <T extends z.ZodType>(item: T) => z.array(item).max(100).nullish();

const scopeFilterSchema = z.object({
  accountIdentifier: optionalText,
  orgIdentifier: optionalText,
  projectIdentifier: optionalText,
});

/**
 * The body of `POST /audit/api/audits/list`, the ecosystem's AuditFilterProperties. A scope stands for itself and all
 * below it; without scopes the query's counts. A resource or principal without identifier stands for all of its type.
 * Fields that this server has nothing for (tags of a saved filter, labels) are ignored.
 */
export const auditFilterSchema = z.object({
  scopes: several(scopeFilterSchema),
  resources: several(z.object({ type: word, identifier: optionalText })),
  modules: several(word),
  actions: several(word),
  environments: several(z.unknown()),
  principals: several(z.object({ type: word, identifier: optionalText })),
  staticFilter: z.enum(['EXCLUDE_LOGIN_EVENTS', 'EXCLUDE_SYSTEM_EVENTS', '']).nullish(),
  /** Events at or after this time, in milliseconds since 1970. */
  startTime: milliseconds.nullish(),
  /** Events at or before this time, in milliseconds since 1970. */
  endTime: milliseconds.nullish(),
  filterType: z.string().nullish(),
  // Wardline's own.
  outcomes: several(auditOutcomeSchema),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;
export type AuditFilterRequest = z.input<typeof auditFilterSchema>;

const list = z
  .union([word, z.array(word)])
  .transform((value) => [value].flat().flatMap((text) => text.split(',').filter(Boolean)))
  .optional();

/** What `GET /audit/api/audits/export` takes: the scope, and the filter as parameters. */
export const auditExportQuerySchema = scopeQuerySchema.extend({
  startTime: milliseconds.optional().describe('Events at or after, in milliseconds since 1970.'),
  endTime: milliseconds.optional().describe('Events at or before, in milliseconds since 1970.'),
  actions: list.describe('Separated by commas, or given several times.'),
  outcomes: list.pipe(z.array(auditOutcomeSchema).optional()).describe('SUCCESS, FAILURE, DENIED.'),
  resourceTypes: list.describe('Separated by commas, or given several times.'),
  resourceIdentifier: optionalText.describe('With one resource type: that resource only.'),
  principalTypes: list.describe('Separated by commas, or given several times.'),
  principalIdentifier: optionalText.describe('With one principal type: that principal only.'),
});
export type AuditExportQuery = z.infer<typeof auditExportQuerySchema>;
