import { z } from 'zod';

/** What can be done; the ecosystem's words, then those that it has not. */
export const AUDIT_ACTIONS = [
  'CREATE',
  'UPDATE',
  'DELETE',
  'INVITE',
  'LOGIN',
  'LOGIN2FA',
  'UNSUCCESSFUL_LOGIN',
  'ADD_MEMBERSHIP',
  'REMOVE_MEMBERSHIP',
  'CREATE_TOKEN',
  'REVOKE_TOKEN',
  'ROLE_ASSIGNMENT_CREATED',
  'ROLE_ASSIGNMENT_UPDATED',
  'ROLE_ASSIGNMENT_DELETED',
  // Wardline's own.
  'LOGOUT',
  'TEST',
  'READ_VALUE',
  'ACCESS_DENIED',
  'AUTHENTICATION_FAILED',
  'VERIFY',
  'EXPORT',
  'PRUNE',
  'REWRAP',
  'PROVE',
] as const;
export const auditActionSchema = z.enum(AUDIT_ACTIONS);
export type AuditAction = z.infer<typeof auditActionSchema>;

/** What something was done to. */
export const AUDIT_RESOURCE_TYPES = [
  'CONNECTOR',
  'SECRET',
  'DELEGATE',
  'DELEGATE_TOKEN',
  'USER',
  'USER_GROUP',
  'SERVICE_ACCOUNT',
  'API_KEY',
  'TOKEN',
  'ROLE',
  'ROLE_ASSIGNMENT',
  'SESSION',
  'OIDC_KEY',
  'AUDIT',
  'ACCOUNT',
] as const;
export const auditResourceTypeSchema = z.enum(AUDIT_RESOURCE_TYPES);
export type AuditResourceType = z.infer<typeof auditResourceTypeSchema>;

/** SYSTEM is the server itself; ANONYMOUS is whoever sent no identity, or none that holds. */
export const auditPrincipalTypeSchema = z.enum(['USER', 'SERVICE_ACCOUNT', 'SYSTEM', 'ANONYMOUS']);
export type AuditPrincipalType = z.infer<typeof auditPrincipalTypeSchema>;

/** How it ended: done, tried and failed (a connection test, a sign-in), or refused for want of a right. */
export const auditOutcomeSchema = z.enum(['SUCCESS', 'FAILURE', 'DENIED']);
export type AuditOutcome = z.infer<typeof auditOutcomeSchema>;
