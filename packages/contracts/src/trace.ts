import { z } from 'zod';

/** The hops of a connection test, in order. */
export const HOPS = [
  'validate',
  'credentials',
  'identity',
  'assume-role',
  'describe-key',
  'generate-data-key',
  'decrypt',
  'context-binding',
] as const;
export const hopIdSchema = z.enum(HOPS);
export type HopId = (typeof HOPS)[number];

/** What each hop proves, for people. */
export const HOP_LABELS = {
  validate: 'Settings are consistent',
  credentials: 'Credentials found',
  identity: 'AWS knows who is calling',
  'assume-role': 'Role assumed',
  'describe-key': 'Key found and usable',
  'generate-data-key': 'Data key generated',
  decrypt: 'Data key decrypted again',
  'context-binding': 'Wrong context refused',
} as const satisfies Record<HopId, string>;

/** A fix to copy: a policy document (JSON), a shell command, or a setting to change here. */
export const fixSchema = z.object({
  kind: z.enum(['iam-policy', 'key-policy', 'trust-policy', 'endpoint-policy', 'command', 'setting']),
  title: z.string(),
  /** The document or command to copy, complete; for a setting, the sentence that says what to change. */
  body: z.string(),
  /** Where it goes: the ARN of the role, key or user, or the field of the connector. */
  target: z.string().optional(),
});
export type Fix = z.infer<typeof fixSchema>;

/** A named cause: what happened, why, and every fix with the connector's own names filled in. */
export const findingSchema = z.object({
  /** Stable, kebab-case; documented, tested and linkable. It is kept with every test, and in the audit log. */
  code: z.string().max(64),
  title: z.string(),
  explanation: z.string(),
  fixes: z.array(fixSchema),
});
export type Finding = z.infer<typeof findingSchema>;

/** What AWS (or the network) answered, without its secrets. `code` is the SDK's error name or `OK`. */
export const awsAnswerSchema = z.object({
  operation: z.string(),
  code: z.string(),
  httpStatus: z.number().int().optional(),
  requestId: z.string().optional(),
  message: z.string().optional(),
});
export type AwsAnswer = z.infer<typeof awsAnswerSchema>;

/** The process that ran a task. */
export const runnerSchema = z.object({
  kind: z.enum(['platform', 'delegate']),
  name: z.string(),
  hostName: z.string(),
});
export type Runner = z.infer<typeof runnerSchema>;

/** One hop's outcome. A `skipped` hop has a fact that says why; times are ISO 8601 UTC and milliseconds. */
export const hopResultSchema = z.object({
  hop: hopIdSchema,
  status: z.enum(['pass', 'fail', 'warn', 'skipped']),
  where: runnerSchema,
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  aws: awsAnswerSchema.optional(),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  finding: findingSchema.optional(),
});
export type HopResult = z.infer<typeof hopResultSchema>;
