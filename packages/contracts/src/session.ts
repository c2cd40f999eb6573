import { z } from 'zod';
import { permissionSchema } from './permission.ts';

/** The rights that someone has at a scope, and in every scope below it. */
export const grantSchema = z.object({
  orgIdentifier: z.string().nullable(),
  projectIdentifier: z.string().nullable(),
  permissions: z.array(permissionSchema),
});
export type Grant = z.infer<typeof grantSchema>;

/** `GET /api/whoami`: who the request is from and what they may do; the console hides the rest. */
export const whoAmISchema = z.object({
  principal: z.object({
    type: z.enum(['USER', 'SERVICE_ACCOUNT']),
    /** The database's id; role assignments and group members name it. */
    id: z.string(),
    /** E-mail address of a person, ID of a service account. */
    identifier: z.string(),
    name: z.string(),
  }),
  authentication: z.enum(['session', 'api-key']),
  grants: z.array(grantSchema),
});
export type WhoAmI = z.infer<typeof whoAmISchema>;
