import { z } from 'zod';

/** The filter of `POST /ng/api/delegate-setup/listDelegates`; every given field must match. */
export const delegateFilterSchema = z
  .strictObject({
    status: z.string().nullish().describe('CONNECTED or DISCONNECTED.'),
    description: z.string().nullish(),
    hostName: z.string().nullish(),
    delegateName: z.string().nullish(),
    delegateGroupIdentifier: z.string().nullish(),
    delegateTags: z.array(z.string()).nullish().describe('All of these tags.'),
    delegateInstanceFilter: z.string().nullish().describe('AVAILABLE or EXPIRED; instances here do not expire.'),
    autoUpgrade: z.string().nullish().describe('ON, OFF or DETECTING.'),
    versionStatus: z
      .string()
      .nullish()
      .describe('Accepted and ignored: a delegate here has the version of its server.'),
    filterType: z.literal('Delegate').optional(),
    tags: z.unknown().optional(),
  })
  .nullish();
export type DelegateFilter = z.infer<typeof delegateFilterSchema>;

/** A delegate as the Terraform provider reads it. Times are epoch milliseconds. */
export const delegateSetupSchema = z.object({
  type: z.string(),
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  lastHeartBeat: z.number(),
  connected: z.boolean(),
  delegateReplicas: z.array(
    z.object({
      uuid: z.string(),
      lastHeartbeat: z.number(),
      connected: z.boolean(),
      hostName: z.string(),
      version: z.string(),
      expiringAt: z.number(),
    }),
  ),
  autoUpgrade: z.enum(['ON', 'OFF', 'DETECTING']),
  legacy: z.boolean(),
  orgName: z.string().nullable(),
  projectName: z.string().nullable(),
});
export type DelegateSetup = z.infer<typeof delegateSetupSchema>;
