import { PERMISSIONS, type Permission, permissionSchema, RESOURCE_TYPES, type ResourceType } from '@wardline/contracts';

/** What permissions are about, in words. */
export const RESOURCE_TITLES = {
  CONNECTOR: 'Connectors',
  SECRET: 'Secrets',
  DELEGATE: 'Delegates',
  USER: 'Users',
  USER_GROUP: 'User groups',
  SERVICE_ACCOUNT: 'Service accounts',
  ROLE: 'Roles',
  AUDIT: 'Audit log',
  ACCOUNT: 'Account',
} as const satisfies Record<ResourceType, string>;

/** Every permission, by what it is about. */
export const PERMISSION_GROUPS: readonly {
  readonly type: ResourceType;
  readonly permissions: readonly Permission[];
}[] = RESOURCE_TYPES.map((type) => ({
  type,
  permissions: permissionSchema.options.filter((permission) => PERMISSIONS[permission].resourceType === type),
}));
