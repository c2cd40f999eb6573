import { type DelegateRefusalCode, delegateRefusalCodeSchema, storableText } from '@wardline/contracts';
import { z } from 'zod';

/** The newest version of the protocol, and those that this build still speaks. */
export const PROTOCOL_VERSION = 1;
export const SPOKEN_VERSIONS: readonly number[] = [PROTOCOL_VERSION];

/** Where a delegate connects. */
export const CONNECT_PATH = '/api/delegates/connect';

/** The longest frame, in bytes: a trace with every fact and policy is well below. A longer one ends the connection. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** 32 bytes in base64url: a nonce, a public key or a proof. */
const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const taskId = z.string().min(1).max(64);
/** The position of a sealed frame in its direction: 1, 2, 3, … Anything else is a replay, or a loss. */
const counter = z.number().int().positive();
/** base64url of what only the two ends of the session can read. */
const sealed = z.string().max(MAX_FRAME_BYTES);

/** What a delegate says about itself. */
export const delegateSelfSchema = z.object({
  /** Random, made at the start of the process: two replicas of one name differ in it. */
  instanceId: z.uuid(),
  name: z
    .string()
    .min(1)
    .max(63)
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'lower-case letters, digits and -'),
  hostName: storableText.min(1).max(253),
  description: storableText.max(1024),
  tags: z.array(storableText.min(1).max(128)).max(64),
  version: storableText.max(64),
  /** How many tasks it runs at once. */
  capacity: z.number().int().min(1).max(1000),
});
export type DelegateSelf = z.infer<typeof delegateSelfSchema>;

/** Why the manager ends a handshake or a session; the delegate's log and the console explain each. */
export type RefusalCode = DelegateRefusalCode;

/** The first frame of a connection: proves nothing yet, but what it contains can't be replayed. */
export const challengeSchema = z.object({
  type: z.literal('challenge'),
  versions: z.array(z.number().int()),
  nonce: bytes32,
  serverTime: z.iso.datetime(),
});
export type Challenge = z.infer<typeof challengeSchema>;

/** The delegate's answer; `proof` shows that it has the token, which itself is never sent. */
export const helloSchema = z.object({
  type: z.literal('hello'),
  version: z.number().int(),
  accountId: z.string().max(128),
  tokenId: z.string().regex(/^[0-9a-f]{16}$/),
  publicKey: bytes32,
  nonce: bytes32,
  at: z.iso.datetime(),
  self: delegateSelfSchema,
  proof: bytes32,
});
export type Hello = z.infer<typeof helloSchema>;

/** The manager's answer; its `proof` shows that it has the token too, so that nobody else can hand out tasks. */
export const welcomeSchema = z.object({
  type: z.literal('welcome'),
  sessionId: z.uuid(),
  publicKey: bytes32,
  heartbeatMs: z.number().int().positive(),
  proof: bytes32,
});
export type Welcome = z.infer<typeof welcomeSchema>;

const refusedSchema = z.object({
  type: z.literal('refused'),
  code: delegateRefusalCodeSchema,
  message: z.string().max(1024),
});
const heartbeatSchema = z.object({ type: z.literal('heartbeat'), at: z.iso.datetime() });

/** Everything that a manager sends. */
export const managerFrameSchema = z.discriminatedUnion('type', [
  challengeSchema,
  welcomeSchema,
  refusedSchema,
  heartbeatSchema,
  /** A sealed task of contracts. To be acknowledged at once, with `accepted` or `rejected`. */
  z.object({ type: z.literal('task'), id: taskId, n: counter, sealed }),
  z.object({ type: z.literal('cancel'), id: taskId }),
]);
export type ManagerFrame = z.infer<typeof managerFrameSchema>;

/** Why a delegate does not take a task; the manager then asks another. */
export const REJECTION_REASONS = ['busy', 'draining', 'unreadable'] as const;

/** Everything that a delegate sends. */
export const delegateFrameSchema = z.discriminatedUnion('type', [
  helloSchema,
  z.object({
    type: z.literal('heartbeat'),
    at: z.iso.datetime(),
    running: z.number().int().min(0),
  }),
  z.object({ type: z.literal('accepted'), id: taskId }),
  z.object({ type: z.literal('rejected'), id: taskId, reason: z.enum(REJECTION_REASONS) }),
  /** A sealed list of events of the task, in order; the last one of all is `finished`. */
  z.object({ type: z.literal('events'), id: taskId, n: counter, sealed }),
  /** The task ended without `finished`: it was cancelled, or failed for a reason that is no outcome. */
  z.object({ type: z.literal('ended'), id: taskId, reason: z.enum(['cancelled', 'deadline', 'crashed']) }),
  z.object({ type: z.literal('draining') }),
]);
export type DelegateFrame = z.infer<typeof delegateFrameSchema>;

/**
 * Reads one frame of a WebSocket message.
 * @returns undefined for anything but a frame that the schema knows.
 */
export function parseFrame<T>(schema: z.ZodType<T>, text: string): T | undefined {
  if (text.length > MAX_FRAME_BYTES) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
