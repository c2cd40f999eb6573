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

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'is not base64');

const taskFields = {
  id: z.string(),
  /** The outer deadline of the whole task, in milliseconds. */
  deadlineMs: z.number().int().positive(),
  connection: kmsConnectionSchema,
  encryptionContext: z.record(z.string(), z.string()),
};

/** Everything that touches AWS is one of these; who runs it is a choice of the dispatcher. */
export const taskSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('test-connection'), ...taskFields }),
  /** Asks KMS for a new 256-bit data key, bound to the context. */
  z.object({ kind: z.literal('generate-data-key'), ...taskFields }),
  /** Has KMS decrypt a data key. The connection gives the credentials; key and region are those of `keyArn`. */
  z.object({
    kind: z.literal('decrypt-data-key'),
    ...taskFields,
    /** The key that made the data key: no other one may decrypt it. */
    keyArn: z.string(),
    ciphertext: base64,
  }),
]);
export type Task = z.infer<typeof taskSchema>;

/** A task that makes or opens a data key. */
export type DataKeyTask = Extract<Task, { kind: 'generate-data-key' | 'decrypt-data-key' }>;

/**
 * What a runner may say about a cause, in characters, without the fixes. It is kept with the connector or the secret, and
 * is in every list of those: whoever runs a hostile delegate is not to fill the memory with it.
 */
const EXPLAINED_AT_MOST = 16_384;
const reportedFinding = findingSchema.refine(
  ({ title, explanation }) => title.length + explanation.length <= EXPLAINED_AT_MOST,
  'is too long',
);

/**
 * What a running task reports. The last event is always `finished`. A test reports its hops; a task on a data key
 * reports the data key where it succeeds, and nothing else. Those two events hold plaintext: they go through sealed
 * channels only, and into no log.
 */
export const taskEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hop-started'), hop: hopIdSchema, startedAt: z.iso.datetime() }),
  z.object({
    type: z.literal('hop-finished'),
    result: hopResultSchema.extend({ finding: reportedFinding.optional() }),
  }),
  z.object({
    type: z.literal('data-key'),
    /** The key that made it, never an alias. */
    keyArn: z.string(),
    ciphertext: base64,
    plaintext: base64,
  }),
  z.object({ type: z.literal('data-key-plaintext'), plaintext: base64 }),
  z.object({
    type: z.literal('finished'),
    status: z.enum(['SUCCESS', 'FAILURE']),
    finding: reportedFinding.optional(),
    /** With the failure of a task on a data key: trying again may help. */
    temporary: z.boolean().optional(),
  }),
]);
export type TaskEvent = z.infer<typeof taskEventSchema>;
