import { z } from 'zod';
import { auditPrincipalTypeSchema } from './audit.ts';
import { identifierSchema } from './identifiers.ts';
import { pageOf } from './responses.ts';
import { findingSchema } from './trace.ts';

/** Asks for a rewrap: values of one manager are encrypted anew, under the present key of the same or of another. */
export const rewrapBodySchema = z.strictObject({
  from: z.string().min(1).describe('Reference of the manager that keeps the secrets now.'),
  to: z.string().min(1).describe('Reference of the manager that shall keep them; the same for its present key.'),
  identifiers: z
    .array(identifierSchema)
    .min(1)
    .max(1000)
    .nullish()
    .describe('Only these secrets of the scope; absent: all.'),
});

/** A secret that a rewrap could not encrypt anew; its old values stay and can be read as before. */
export const rewrapFailureSchema = z.object({
  identifier: z.string(),
  name: z.string(),
  orgIdentifier: z.string().nullable(),
  projectIdentifier: z.string().nullable(),
  message: z.string(),
  finding: findingSchema.nullable(),
});
export type RewrapFailure = z.infer<typeof rewrapFailureSchema>;

/** A rewrap and how far it is. Times are epoch milliseconds; secrets are counted, each with all of its versions. */
export const rewrapSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'cancelled']),
  /** A change of the connector's key began it, or somebody's wish to move secrets. */
  cause: z.enum(['key-changed', 'requested']),
  from: z.object({ reference: z.string(), name: z.string() }),
  to: z.object({ reference: z.string(), name: z.string() }),
  total: z.number().int(),
  rewrapped: z.number().int(),
  /** Already under the right key when their turn came. */
  unchanged: z.number().int(),
  failed: z.number().int(),
  failures: z.array(rewrapFailureSchema).describe('The first 100.'),
  startedAt: z.number(),
  updatedAt: z.number(),
  finishedAt: z.number().nullable(),
  startedBy: z.object({ type: auditPrincipalTypeSchema, identifier: z.string(), name: z.string() }),
});
export type Rewrap = z.infer<typeof rewrapSchema>;

/** Newest first. */
export const rewrapPageSchema = pageOf(rewrapSchema);
