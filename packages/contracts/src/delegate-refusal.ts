import { z } from 'zod';

/** Why a delegate is not let in, or its session ends. */
export const delegateRefusalCodeSchema = z.enum([
  'protocol-version',
  'account',
  'unknown-token',
  'revoked-token',
  'expired-token',
  'wrong-proof',
  'reserved-name',
  'bad-frame',
  'replay',
  'too-slow',
  'replaced',
  'shutting-down',
]);
export type DelegateRefusalCode = z.infer<typeof delegateRefusalCodeSchema>;

/** A delegate that was not let in. What it says of itself is not proven. */
export const delegateRefusalSchema = z.object({
  id: z.string(),
  at: z.number().describe('Epoch milliseconds.'),
  code: delegateRefusalCodeSchema,
  address: z.string().describe('Where it came from.'),
  name: z.string(),
  hostName: z.string(),
});
export type DelegateRefusal = z.infer<typeof delegateRefusalSchema>;

/** The agent's one file, as this server gives it out. */
export const delegateAgentSchema = z.object({
  version: z.string(),
  path: z.string().describe('Where to fetch it.'),
  sha256: z.string().describe('SHA-256 of the file, as 64 hex digits.'),
  bytes: z.number().int(),
});
export type DelegateAgent = z.infer<typeof delegateAgentSchema>;

/** What became of a removal: how many processes of the delegate are no longer listed. */
export const delegateRemovalSchema = z.object({ removed: z.number().int() });
