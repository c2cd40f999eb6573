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

/** One server-sent event of a running test: the event's name is `type`, its data the whole object as JSON. */
export const testEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hop-started'), hop: hopIdSchema, startedAt: z.iso.datetime() }),
  z.object({ type: z.literal('hop-finished'), result: hopResultSchema }),
  z.object({ type: z.literal('result'), result: testResultSchema }),
]);
export type TestEvent = z.infer<typeof testEventSchema>;

/** The body of `POST /api/connectors/test`: a draft, tested without being stored. */
export const draftTestBodySchema = connectorBodySchema;

/** The last stored test of a connector; null until the first. */
export const lastTestResponseSchema = responseOf(testResultSchema.nullable());
