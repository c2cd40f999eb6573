import { z } from 'zod';

/** Who can be given rights: a person, a program, or a group of persons. */
export const PRINCIPAL_TYPES = ['USER', 'SERVICE_ACCOUNT', 'USER_GROUP'] as const;
export const principalTypeSchema = z.enum(PRINCIPAL_TYPES);
export type PrincipalType = z.infer<typeof principalTypeSchema>;

/** How a request proved who it is from. */
export const AUTHENTICATION_METHODS = ['session', 'api-key'] as const;
export type AuthenticationMethod = (typeof AUTHENTICATION_METHODS)[number];
