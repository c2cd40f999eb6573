import { z } from 'zod';

const base = {
  service: z.enum(['kms', 'sts', 'imds', 'container']),
  /** `GenerateDataKey`, `AssumeRole`, … ; at IMDS `PutToken`, `ListRoles`, `GetRole`. Absent: every operation. */
  operation: z.string().min(1).optional(),
  /** How many requests it strikes; absent: every one until it is cleared. */
  count: z.number().int().positive().optional(),
};
const kmsOrSts = { ...base, service: z.enum(['kms', 'sts']) };
const imds = { ...base, service: z.literal('imds') };

/** What can go wrong between a client and AWS, or at AWS. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** ThrottlingException 400 (KMS) or Throttling 400 (STS). */
  z.strictObject({ kind: z.literal('throttle'), ...kmsOrSts }),
  /** The answer comes this many milliseconds late. */
  z.strictObject({ kind: z.literal('latency'), ...base, ms: z.number().int().min(0).max(600_000) }),
  /** The connection is accepted and nothing is ever answered. */
  z.strictObject({ kind: z.literal('hang'), ...base }),
  /** A failure of the service itself: its own code where one is given, else the usual one. */
  z.strictObject({
    kind: z.literal('server-error'),
    ...base,
    status: z.number().int().min(500).max(599),
    code: z.string().optional(),
  }),
  /** Any other answer in the service's own error form, for causes that have no model here (RegionDisabledException, …). */
  z.strictObject({
    kind: z.literal('error'),
    ...kmsOrSts,
    status: z.number().int().min(400).max(499),
    code: z.string().min(1),
    message: z.string(),
  }),
  /** The connection is reset before the answer, or after half of its body. */
  z.strictObject({ kind: z.literal('reset'), ...base, when: z.enum(['before-answer', 'mid-body']) }),
  /** A complete answer whose body stops half way. */
  z.strictObject({ kind: z.literal('truncated-body'), ...base }),
  /** A proxy's or a captive portal's page in place of AWS's answer; its status is often 200. */
  z.strictObject({ kind: z.literal('html-body'), ...base, status: z.number().int().min(200).max(599).default(200) }),
  /** 407 from a proxy that wants a password. */
  z.strictObject({ kind: z.literal('proxy-authentication'), ...base }),
  /** The service's clock (the `Date` header and the time check of signatures) is this many milliseconds ahead. */
  z.strictObject({ kind: z.literal('clock-offset'), ...kmsOrSts, ms: z.number().int() }),
  /** KMS and STS: the caller's credentials are refused as expired. Hosts: the credentials handed out have expired. */
  z.strictObject({ kind: z.literal('expired-credentials'), ...base }),
  /** The capital `Message`, or the type in a header only, that AWS services use now and then. */
  z.strictObject({
    kind: z.literal('error-shape'),
    ...base,
    service: z.literal('kms'),
    shape: z.enum(['capital-message', 'errortype-header']),
  }),
  /** The instance metadata service is switched off: every connection is dropped. */
  z.strictObject({ kind: z.literal('imds-off'), ...imds }),
  /** Hop limit 1 seen from a container: the token never arrives, so every read is 401. */
  z.strictObject({ kind: z.literal('hop-limit'), ...imds }),
  /** The instance has no profile: 404. */
  z.strictObject({ kind: z.literal('no-role'), ...imds }),
  /** STS cannot fetch the issuer's signing keys. */
  z.strictObject({ kind: z.literal('jwks-down'), ...base, service: z.literal('sts') }),
]);
/** As read and completed. */
export type Fault = z.output<typeof faultSchema>;
/** As a caller writes it: fields with a default may be left out. */
export type FaultInput = z.input<typeof faultSchema>;
export type FaultService = Fault['service'];
export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>;
