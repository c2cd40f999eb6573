import { z } from 'zod';

/** A head that was noted earlier: the hash of the event that was last then, or `number:hash`. */
export const auditHeadTextSchema = z
  .string()
  .regex(
    /^(\d{1,15}:)?[0-9a-f]{64}$/,
    'is the hash of an event, 64 hexadecimal digits, or its number, a colon and the hash',
  );

export const verifyBodySchema = z.object({
  expectedHead: auditHeadTextSchema
    .optional()
    .describe('A head noted earlier: proves that the chain still contains it, so that nothing was rolled back.'),
});

/** What is wrong with the first broken event. */
export const AUDIT_BREAKS = {
  missing: 'This event is gone: it was removed from the database.',
  changed: 'This event is not as it was recorded: it was changed, moved, or written by someone without the master key.',
  'column-changed': 'A column that repeats a part of this event for filters says something else than the event.',
  unexpected: 'This event does not belong to the log: it was put into the database past the server.',
  'head-changed': 'The note of which event is last was changed, or events at the end were removed together with it.',
  'checkpoint-forged': 'The checkpoint from which the log begins was not signed by this server.',
  'expected-head-missing': 'The log does not contain the expected head: it was rolled back, or is another one.',
} as const;
export const auditBreakSchema = z.enum(Object.keys(AUDIT_BREAKS) as [AuditBreak, ...AuditBreak[]]);
export type AuditBreak = keyof typeof AUDIT_BREAKS;

/** Where the chain is broken first. */
export const brokenAtSchema = z.object({
  /** The number of the event; fractions and numbers below 1 can only have been put there by hand. */
  seq: z.number(),
  /** Null where there is no event. */
  id: z.string().nullable(),
  reason: auditBreakSchema,
  /** The reason in words, with what was found. */
  explanation: z.string(),
});
export type BrokenAt = z.infer<typeof brokenAtSchema>;

/** The outcome of `POST /audit/api/audits/verify`. */
export const auditVerificationSchema = z.discriminatedUnion('verified', [
  z.object({
    verified: z.literal(true),
    /** How many events were checked. */
    events: z.number().int(),
    /** The first event that is kept; those before were removed by retention, under a signed checkpoint. */
    firstSeq: z.number().int(),
    lastSeq: z.number().int(),
    /** The hash of the last event. Note it elsewhere: it proves later that nothing up to here was rolled back. */
    head: z.string(),
    /** Where older events were removed: how many, and when the last of them. */
    pruned: z.object({ events: z.number().int(), at: z.string() }).nullable(),
  }),
  z.object({ verified: z.literal(false), brokenAt: brokenAtSchema }),
]);
export type AuditVerification = z.infer<typeof auditVerificationSchema>;

/** With `Accept: text/event-stream`: how far it is, several times, and then the result. */
export const verificationEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), checked: z.number().int(), total: z.number().int() }),
  z.object({ type: z.literal('result'), result: auditVerificationSchema }),
]);
export type VerificationEvent = z.infer<typeof verificationEventSchema>;
