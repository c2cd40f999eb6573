import { z } from 'zod';
import { missingSelectors } from './selectors.ts';

/** One group of delegate replicas as the wizard lists it. Times are epoch milliseconds. */
export const delegateGroupSchema = z.object({
  groupId: z.string(),
  delegateGroupIdentifier: z.string(),
  delegateType: z.string(),
  groupName: z.string(),
  delegateDescription: z.string(),
  /** Tags that come from what the delegate is (its name and host), each with where it comes from. */
  groupImplicitSelectors: z.record(z.string(), z.enum(['DELEGATE_NAME', 'HOST_NAME', 'GROUP_NAME'])),
  groupCustomSelectors: z.array(z.string()),
  lastHeartBeat: z.number(),
  connectivityStatus: z.enum(['connected', 'disconnected', 'partially connected']),
  activelyConnected: z.boolean(),
  delegateInstanceDetails: z.array(
    z.object({
      uuid: z.string(),
      lastHeartbeat: z.number(),
      activelyConnected: z.boolean(),
      hostName: z.string(),
      tokenActive: z.boolean(),
      version: z.string(),
      delegateExpirationTime: z.number(),
      /** How many tasks it has now; null where another process of the server holds its connection. */
      running: z.number().int().nullable(),
      capacity: z.number().int(),
      /** The token that it connects with; null for the one inside the server. */
      tokenName: z.string().nullable(),
      /** Why its last connection ended; null while it is connected. */
      disconnectReason: z.string().nullable(),
      /** How far its clock is ahead of the server's, in milliseconds. */
      clockSkewMs: z.number(),
      /** Everything of this process that a selector can match: its name, its host and its tags. */
      tags: z.array(z.string()),
    }),
  ),
  tokenActive: z.boolean(),
  autoUpgrade: z.enum(['ON', 'OFF', 'DETECTING']),
  groupVersion: z.string(),
  immutable: z.boolean(),
});
export type DelegateGroup = z.infer<typeof delegateGroupSchema>;

/** All tags of a group that a selector can match. */
export function delegateTags(group: Pick<DelegateGroup, 'groupImplicitSelectors' | 'groupCustomSelectors'>): string[] {
  return [...new Set([...Object.keys(group.groupImplicitSelectors), ...group.groupCustomSelectors])];
}

/**
 * The selectors that a group lacks; empty where one of its processes has all of them. Each process counts by itself, as
 * where tasks are given out: what only several have together is no match. Those that are connected are asked, where any is.
 */
export function missingOfGroup(
  selectors: readonly string[],
  { delegateInstanceDetails: all }: Pick<DelegateGroup, 'delegateInstanceDetails'>,
): string[] {
  const connected = all.filter(({ activelyConnected }) => activelyConnected);
  const missing = (connected.length > 0 ? connected : all).map(({ tags }) => missingSelectors(selectors, tags));
  return missing.reduce((least, one) => (one.length < least.length ? one : least), missing[0] ?? [...selectors]);
}

/** A region as the ecosystem lists it, with its partition added. */
export const regionSchema = z.object({
  name: z.string().describe('Display name, for example US East (N. Virginia).'),
  value: z.string().describe('Region code, for example us-east-1.'),
  partition: z.string().describe('Partition, for example aws or aws-us-gov.'),
});
export type Region = z.infer<typeof regionSchema>;
