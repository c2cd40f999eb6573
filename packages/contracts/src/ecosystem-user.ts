import { z } from 'zod';

/** `GET /ng/api/user/currentUser`: the person who asks, in the ecosystem's shape. */
export const currentUserSchema = z.object({
  uuid: z.string(),
  name: z.string(),
  email: z.string(),
  defaultAccountId: z.string(),
  accounts: z.array(z.object({ uuid: z.string(), accountName: z.string() })),
  /** Whether they may do everything in the account. */
  admin: z.boolean(),
  twoFactorAuthenticationEnabled: z.boolean(),
  emailVerified: z.boolean(),
  locked: z.boolean(),
  disabled: z.boolean(),
  /** False: this server has no users that another system manages. */
  externallyManaged: z.literal(false),
});
export type CurrentUser = z.infer<typeof currentUserSchema>;

/** The body of `POST /ng/api/user/aggregate`: users who have one of the roles at the scope; empty for all. */
export const userAggregateFilterSchema = z.object({
  roleIdentifiers: z.array(z.string()).max(1000, 'At most 1000 roles.').nullish(),
  resourceGroupIdentifiers: z.array(z.string()).nullish().describe('Every assignment has all resources, so no filter.'),
});

/** A user with the roles that they have at a scope, in the ecosystem's shape. */
export const userAggregateSchema = z.object({
  user: z.object({
    uuid: z.string(),
    name: z.string(),
    email: z.string(),
    locked: z.boolean(),
    disabled: z.boolean(),
    externallyManaged: z.literal(false),
  }),
  roleAssignmentMetadata: z.array(
    z.object({
      /** The assignment's. */
      identifier: z.string(),
      roleIdentifier: z.string(),
      roleName: z.string(),
      resourceGroupIdentifier: z.string(),
      resourceGroupName: z.string(),
      managedRole: z.boolean(),
      managedRoleAssignment: z.boolean(),
    }),
  ),
});
export type UserAggregate = z.infer<typeof userAggregateSchema>;
