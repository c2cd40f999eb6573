import { z } from 'zod';

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

/** A region as the ecosystem lists it, with its partition added. */
export const regionSchema = z.object({
  name: z.string().describe('Display name, for example US East (N. Virginia).'),
  value: z.string().describe('Region code, for example us-east-1.'),
  partition: z.string().describe('Partition, for example aws or aws-us-gov.'),
});
export type Region = z.infer<typeof regionSchema>;
