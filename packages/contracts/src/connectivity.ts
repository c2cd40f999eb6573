import { z } from 'zod';

/** What is asked of a connector's history: how far back, and in how many equal parts. */
export const connectivityHistoryQuerySchema = z.object({
  hours: z.coerce.number().int().min(1).max(720).default(24).describe('How far back, in hours; 30 days are kept.'),
  buckets: z.coerce.number().int().min(1).max(120).default(48).describe('Equal parts of that time.'),
});

/** One test of a connector that was stored: a click, or a check of the server's own. Times are epoch milliseconds. */
export const connectivityCheckSchema = z.object({
  at: z.number(),
  status: z.enum(['SUCCESS', 'FAILURE']),
  durationMs: z.number(),
  /** The code of the finding of a failure. */
  finding: z.string().nullable(),
  delegateId: z.string().nullable(),
});
export type ConnectivityCheck = z.infer<typeof connectivityCheckSchema>;

/** A part of the time, with the tests that fell into it. */
export const connectivityBucketSchema = z.object({
  from: z.number(),
  to: z.number(),
  passed: z.number().int(),
  failed: z.number().int(),
  slowestMs: z.number().describe('The longest test; 0 where there was none.'),
  findings: z.array(z.string()).describe('The codes of the findings, each once.'),
});
export type ConnectivityBucket = z.infer<typeof connectivityBucketSchema>;

/** How a connector's connection has been. */
export const connectivityHistorySchema = z.object({
  everyMinutes: z.number().describe('How often the server tests by itself; 0 for never.'),
  nextCheckAt: z.number().nullable().describe('Epoch milliseconds; null while none is planned.'),
  lastConnectedAt: z.number().nullable(),
  buckets: z.array(connectivityBucketSchema).describe('Oldest first.'),
  checks: z.array(connectivityCheckSchema).describe('The last 20 of the time, newest first.'),
});
export type ConnectivityHistory = z.infer<typeof connectivityHistorySchema>;
