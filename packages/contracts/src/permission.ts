import { z } from 'zod';

/** What permissions are about, in the ecosystem's words. */
export const RESOURCE_TYPES = [
  'CONNECTOR',
  'SECRET',
  'DELEGATE',
  'USER',
  'USER_GROUP',
  'SERVICE_ACCOUNT',
  'ROLE',
  'AUDIT',
  'ACCOUNT',
] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/**
 * Every right there is, by the ecosystem's identifier. A right at a scope holds in the scopes below it. None implies
 * another; reading the value of a secret, and handing it to a connector, is `core_secret_access` alone.
 */
export const PERMISSIONS = {
  core_connector_view: { resourceType: 'CONNECTOR', action: 'view', title: 'See connectors and their last test' },
  core_connector_edit: { resourceType: 'CONNECTOR', action: 'edit', title: 'Create and change connectors' },
  core_connector_delete: { resourceType: 'CONNECTOR', action: 'delete', title: 'Delete connectors' },
  core_connector_access: { resourceType: 'CONNECTOR', action: 'access', title: 'Test and use connectors' },
  core_secret_view: { resourceType: 'SECRET', action: 'view', title: 'See secrets, without their values' },
  core_secret_edit: { resourceType: 'SECRET', action: 'edit', title: 'Create secrets and give them new values' },
  core_secret_delete: { resourceType: 'SECRET', action: 'delete', title: 'Delete secrets' },
  core_secret_access: {
    resourceType: 'SECRET',
    action: 'access',
    title: 'Read the values of secrets, and use them in connectors',
  },
  core_delegate_view: { resourceType: 'DELEGATE', action: 'view', title: 'See delegates' },
  core_delegate_edit: { resourceType: 'DELEGATE', action: 'edit', title: 'Create and change delegates and tokens' },
  core_delegate_delete: { resourceType: 'DELEGATE', action: 'delete', title: 'Delete delegates and tokens' },
  core_user_view: { resourceType: 'USER', action: 'view', title: 'See users' },
  core_user_invite: { resourceType: 'USER', action: 'invite', title: 'Invite users' },
  core_user_manage: { resourceType: 'USER', action: 'manage', title: 'Change, lock and remove users' },
  core_usergroup_view: { resourceType: 'USER_GROUP', action: 'view', title: 'See user groups' },
  core_usergroup_manage: {
    resourceType: 'USER_GROUP',
    action: 'manage',
    title: 'Create, change and delete user groups',
  },
  core_serviceaccount_view: { resourceType: 'SERVICE_ACCOUNT', action: 'view', title: 'See service accounts' },
  core_serviceaccount_edit: {
    resourceType: 'SERVICE_ACCOUNT',
    action: 'edit',
    title: 'Create and change service accounts',
  },
  core_serviceaccount_delete: { resourceType: 'SERVICE_ACCOUNT', action: 'delete', title: 'Delete service accounts' },
  core_serviceaccount_manageapikey: {
    resourceType: 'SERVICE_ACCOUNT',
    action: 'manageapikey',
    title: 'Create and revoke API keys of service accounts',
  },
  core_role_view: { resourceType: 'ROLE', action: 'view', title: 'See roles and who has them' },
  core_role_edit: { resourceType: 'ROLE', action: 'edit', title: 'Create and change roles, and assign them' },
  core_role_delete: { resourceType: 'ROLE', action: 'delete', title: 'Delete roles, and take them away' },
  core_audit_view: { resourceType: 'AUDIT', action: 'view', title: 'Read, export and verify the audit log' },
  core_account_view: { resourceType: 'ACCOUNT', action: 'view', title: 'See how the account is set up' },
  core_account_edit: { resourceType: 'ACCOUNT', action: 'edit', title: 'Change how the account is set up' },
} as const satisfies Record<string, { resourceType: ResourceType; action: string; title: string }>;

export type Permission = keyof typeof PERMISSIONS;
export const permissionSchema = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]]);

const ALL = permissionSchema.options;

/**
 * The roles that are always there and can't be changed. The names are the ecosystem's. Whoever views everything still
 * reads no value of a secret, and not the audit log, which tells who does what.
 */
export const BUILT_IN_ROLES = {
  _account_admin: { name: 'Account Admin', description: 'Everything.', permissions: ALL },
  _account_viewer: {
    name: 'Account Viewer',
    description: 'Sees everything but values of secrets and the audit log; changes nothing.',
    permissions: ALL.filter((permission) => permission.endsWith('_view') && permission !== 'core_audit_view'),
  },
  _secrets_reader: {
    name: 'Secrets Reader',
    description: 'Sees secrets and reads their values; changes nothing.',
    permissions: ['core_secret_view', 'core_secret_access'],
  },
} as const satisfies Record<string, { name: string; description: string; permissions: readonly Permission[] }>;

export type BuiltInRole = keyof typeof BUILT_IN_ROLES;

/** One right that a request lacked; the ecosystem's clients show it. */
export const permissionCheckSchema = z.object({
  resourceScope: z.object({
    accountIdentifier: z.string(),
    orgIdentifier: z.string().nullable(),
    projectIdentifier: z.string().nullable(),
  }),
  resourceType: z.enum(RESOURCE_TYPES),
  resourceIdentifier: z.string().nullable(),
  permission: permissionSchema,
});
export type PermissionCheck = z.infer<typeof permissionCheckSchema>;
