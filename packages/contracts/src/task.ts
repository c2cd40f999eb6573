import { z } from 'zod';
import { findingSchema, hopIdSchema, hopResultSchema } from './trace.ts';

/** Credentials of one task, resolved. Plaintext: lives in memory for as long as the task runs. */
const taskCredentialSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ManualConfig'), accessKeyId: z.string(), secretAccessKey: z.string() }),
  z.object({ type: z.literal('AssumeIAMRole') }),
  z.object({
    type: z.literal('AssumeSTSRole'),
    roleArn: z.string(),
    externalId: z.string().optional(),
    durationSeconds: z.number().int(),
  }),
  z.object({
    type: z.literal('OidcAuthentication'),
    roleArn: z.string(),
    webIdentityToken: z.string(),
    /** What the token claims, so that a finding can show it beside the trust policy. */
    claims: z.object({ issuer: z.string(), audience: z.string(), subject: z.string() }),
  }),
]);
export type TaskCredential = z.infer<typeof taskCredentialSchema>;

/** Which key to use, where, as whom. */
export const kmsConnectionSchema = z.object({
  keyArn: z.string(),
  /** True where the ARN is kept as a secret: then no event may show it. */
  keyArnIsSecret: z.boolean().optional(),
  region: z.string(),
  credential: taskCredentialSchema,
});
export type KmsConnection = z.infer<typeof kmsConnectionSchema>;

/** Everything that touches AWS is one of these; who runs it is a choice of the dispatcher. */
export const taskSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('test-connection'),
    id: z.string(),
    /** The outer deadline of the whole task, in milliseconds. */
    deadlineMs: z.number().int().positive(),
    connection: kmsConnectionSchema,
    encryptionContext: z.record(z.string(), z.string()),
  }),
]);
export type Task = z.infer<typeof taskSchema>;

/** What a running task reports. The last event is always `finished`. */
export const taskEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hop-started'), hop: hopIdSchema, startedAt: z.iso.datetime() }),
  z.object({ type: z.literal('hop-finished'), result: hopResultSchema }),
  z.object({ type: z.literal('finished'), status: z.enum(['SUCCESS', 'FAILURE']), finding: findingSchema.optional() }),
]);
export type TaskEvent = z.infer<typeof taskEventSchema>;
