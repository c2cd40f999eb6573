import { z } from 'zod';
import { emailSchema, personNameSchema } from './auth.ts';
import { identifierSchema } from './identifiers.ts';
import { optionalText } from './scope.ts';

/** INVITED: has not taken the invitation, so has no way to sign in yet. LOCKED: is let in by nothing. */
export const USER_STATUSES = ['ACTIVE', 'INVITED', 'LOCKED'] as const;
export const userStatusSchema = z.enum(USER_STATUSES);
export type UserStatus = z.infer<typeof userStatusSchema>;

/** A person as the administration sees them. Times are ISO 8601, UTC. */
export const userSchema = z.object({
  /** The database's id; role assignments and group members name it. */
  id: z.string(),
  email: z.string(),
  name: z.string(),
  status: userStatusSchema,
  hasPassword: z.boolean(),
  /** Whether single sign-on is linked to this user. */
  sso: z.boolean(),
  secondFactor: z.boolean(),
  lastSignInAt: z.string().nullable(),
  createdAt: z.string(),
  /** When the open invitation ends; null without one. */
  invitationExpiresAt: z.string().nullable(),
});
export type User = z.infer<typeof userSchema>;

/** `GET /api/users`: sorted by name. */
export const userListQuerySchema = z.object({
  pageIndex: z.coerce.number().int().min(0).default(0),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
  searchTerm: optionalText
    .pipe(z.string().trim().max(256, 'A search has at most 256 characters.').optional())
    .describe('Text to look for in name and e-mail address, in any case.'),
});
export type UserListQuery = z.infer<typeof userListQuerySchema>;

/** `POST /api/users`. The role, if there is one, is of the account level and given there. */
export const userInvitationSchema = z.object({
  email: emailSchema,
  name: personNameSchema,
  roleIdentifier: identifierSchema.optional(),
});
export type UserInvitation = z.infer<typeof userInvitationSchema>;

/** `PUT /api/users/:id`. A locked user's sessions end, and API keys open nothing while the lock lasts. */
export const userChangeSchema = z.object({ name: personNameSchema, disabled: z.boolean() });
export type UserChange = z.infer<typeof userChangeSchema>;

/** A link that lets someone in once; shown once, to be handed over by whoever made it. */
export const userLinkSchema = z.object({
  link: z.string(),
  /** ISO 8601, UTC. */
  expiresAt: z.string(),
});
export type UserLink = z.infer<typeof userLinkSchema>;

/** The answer of `POST /api/users`. */
export const invitedUserSchema = userLinkSchema.extend({ user: userSchema });
export type InvitedUser = z.infer<typeof invitedUserSchema>;
