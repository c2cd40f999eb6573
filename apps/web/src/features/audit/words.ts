import type { AuditAction, AuditOutcome, AuditPrincipalType, AuditResourceType } from '@wardline/contracts';

/** What something was done to, in words. */
export const RESOURCE_WORDS = {
  CONNECTOR: 'connector',
  SECRET: 'secret',
  DELEGATE: 'delegate',
  DELEGATE_TOKEN: 'delegate token',
  USER: 'user',
  USER_GROUP: 'user group',
  SERVICE_ACCOUNT: 'service account',
  API_KEY: 'API key',
  TOKEN: 'API key token',
  ROLE: 'role',
  ROLE_ASSIGNMENT: 'role assignment',
  SESSION: 'session',
  OIDC_KEY: 'OIDC signing key',
  AUDIT: 'audit log',
  ACCOUNT: 'account',
} as const satisfies Record<AuditResourceType, string>;

/** What was done, for filters. */
export const ACTION_WORDS = {
  CREATE: 'Created',
  UPDATE: 'Changed',
  DELETE: 'Deleted',
  INVITE: 'Invited',
  LOGIN: 'Signed in',
  LOGIN2FA: 'Signed in, second factor',
  UNSUCCESSFUL_LOGIN: 'Failed to sign in',
  ADD_MEMBERSHIP: 'Let into a group',
  REMOVE_MEMBERSHIP: 'Taken out of a group',
  CREATE_TOKEN: 'Made a token',
  REVOKE_TOKEN: 'Revoked a token',
  ROLE_ASSIGNMENT_CREATED: 'Gave a role',
  ROLE_ASSIGNMENT_UPDATED: 'Changed a role assignment',
  ROLE_ASSIGNMENT_DELETED: 'Took a role away',
  LOGOUT: 'Signed out',
  TEST: 'Tested',
  READ_VALUE: 'Read a value',
  ACCESS_DENIED: 'Lacked a right',
  AUTHENTICATION_FAILED: 'Proved no identity',
  VERIFY: 'Verified the log',
  EXPORT: 'Exported',
  PRUNE: 'Removed old events',
  REWRAP: 'Encrypted anew',
  PROVE: 'Proved readable',
} as const satisfies Record<AuditAction, string>;

export const OUTCOME_WORDS = {
  SUCCESS: 'Done',
  FAILURE: 'Failed',
  DENIED: 'Refused',
} as const satisfies Record<AuditOutcome, string>;

export const PRINCIPAL_WORDS = {
  USER: 'User',
  SERVICE_ACCOUNT: 'Service account',
  SYSTEM: 'The server itself',
  ANONYMOUS: 'Nobody known',
} as const satisfies Record<AuditPrincipalType, string>;

/** How somebody proved who they are, as the log has it. */
export function methodWords(method: string): string {
  switch (method) {
    case 'session':
      return 'Signed in to the console';
    case 'api-key':
      return 'API key';
    default:
      return method;
  }
}
