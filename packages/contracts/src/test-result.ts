import { z } from 'zod';
import { connectorBodySchema } from './connector.ts';
import { responseOf } from './responses.ts';
import { findingSchema, hopIdSchema, hopResultSchema } from './trace.ts';

/** The answer of a connection test, saved or draft; `trace` is Wardline's addition. */
export const testResultSchema = z.object({
  status: z.enum(['SUCCESS', 'FAILURE']),
  errors: z.array(z.object({ reason: z.string(), message: z.string(), code: z.number().int() })).nullable(),
  errorSummary: z.string().nullable(),
  testedAt: z.number(),
  delegateId: z.string().nullable(),
  taskId: z.string().nullable(),
  trace: z.array(hopResultSchema),
  /** Set where no runner could take the task, so that there is no hop to hang it on. */
  finding: findingSchema.nullable(),
});
export type TestResult = z.infer<typeof testResultSchema>;
export const testResponseSchema = responseOf(testResultSchema);

/** Why a delegate did not run a task to its end: the first five did not begin. */
export const delegateOutcomeSchema = z.enum([
  'busy',
  'draining',
  'unreadable',
  'no-answer',
  'gone',
  'disconnected',
  'crashed',
  'deadline',
]);
export type DelegateOutcome = z.infer<typeof delegateOutcomeSchema>;

/** One server-sent event of a running test: the event's name is `type`, its data the whole object as JSON. */
export const testEventSchema = z.discriminatedUnion('type', [
  /** A delegate has begun; the hops that another one reported before count for nothing. */
  z.object({
    type: z.literal('delegate'),
    delegateId: z.string(),
    name: z.string(),
    hostName: z.string(),
    /** Those that were asked before and did not run the test to its end. */
    before: z.array(z.object({ name: z.string(), hostName: z.string(), outcome: delegateOutcomeSchema })).readonly(),
  }),
  z.object({ type: z.literal('hop-started'), hop: hopIdSchema, startedAt: z.iso.datetime() }),
  z.object({ type: z.literal('hop-finished'), result: hopResultSchema }),
  z.object({ type: z.literal('result'), result: testResultSchema }),
]);
export type TestEvent = z.infer<typeof testEventSchema>;

/** The body of `POST /api/connectors/test`: a draft, tested without being stored. */
export const draftTestBodySchema = connectorBodySchema;

/** The last stored test of a connector; null until the first. */
export const lastTestResponseSchema = responseOf(testResultSchema.nullable());
