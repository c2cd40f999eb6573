import { z } from 'zod';

/** What the console needs to know about the server it talks to. */
export const settingsSchema = z.object({
  version: z.string(),
  accountIdentifier: z.string(),
  publicUrl: z.string(),
  simulator: z.boolean(),
  oidc: z.object({ issuer: z.string(), audience: z.string(), subject: z.string() }),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What the simulator was seeded with. Its keys open nothing but the simulator. */
export const simulatorSeedSchema = z.object({
  region: z.string(),
  accountId: z.string(),
  /** Takes commands as JSON that do to the simulator what an administrator does to AWS: `{"command":"enable-key","key":"disabled"}`. */
  controlUrl: z.string().optional(),
  keys: z.array(z.object({ name: z.string(), arn: z.string(), aliasArn: z.string(), state: z.string() })),
  users: z.array(z.object({ name: z.string(), accessKeyId: z.string(), secretAccessKey: z.string(), can: z.string() })),
  roles: z.array(
    z.object({
      name: z.string(),
      arn: z.string(),
      trust: z.string(),
      externalId: z.string().optional(),
      maxSessionDuration: z.number().int(),
    }),
  ),
  oidcProviders: z.array(z.object({ url: z.string(), audiences: z.array(z.string()) })),
});
export type SimulatorSeed = z.infer<typeof simulatorSeedSchema>;
