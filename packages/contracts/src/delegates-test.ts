import { z } from 'zod';
import { testEventSchema, testResultSchema } from './test-result.ts';
import { findingSchema } from './trace.ts';

/** Which delegate something is about: one process of it. */
export const testedDelegateSchema = z.object({
  delegateId: z.string(),
  name: z.string(),
  hostName: z.string(),
});
export type TestedDelegate = z.infer<typeof testedDelegateSchema>;

/** The same test by every delegate that matches. */
export const delegatesTestResultSchema = z.object({
  delegates: z.array(testedDelegateSchema.extend({ result: testResultSchema })).describe('By name and host.'),
  /** Where no delegate matches: why. */
  finding: findingSchema.nullable(),
});
export type DelegatesTestResult = z.infer<typeof delegatesTestResultSchema>;

/** One server-sent event: first the delegates, then what each of them reports, last everything. */
export const delegatesTestEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('delegates'), delegates: z.array(testedDelegateSchema) }),
  testedDelegateSchema.extend({ type: z.literal('delegate-event'), event: testEventSchema }),
  z.object({ type: z.literal('result'), result: delegatesTestResultSchema }),
]);
export type DelegatesTestEvent = z.infer<typeof delegatesTestEventSchema>;
