import {
  BUILT_IN_ROLES,
  type BuiltInRole,
  type Permission,
  permissionSchema,
  type RoleResponse,
  SCOPE_LEVELS,
  scopeLevelName,
} from '@wardline/contracts';
import type { RoleRow } from '../db/schema-identity.ts';
import { fromColumns, type Place } from '../db/scope-columns.ts';

export interface RoleSettings {
  readonly name: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly permissions: readonly Permission[];
}

/** A role that someone made. */
export interface Role extends RoleSettings {
  readonly id: string;
  readonly place: Place;
  readonly identifier: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A permission that this version does not know is left out. */
export function toRole(row: Omit<RoleRow, 'search_text'>): Role {
  const permissions = (JSON.parse(row.permissions) as unknown[]).flatMap(
    (one) => permissionSchema.safeParse(one).data ?? [],
  );
  return {
    id: row.id,
    place: fromColumns(row),
    identifier: row.identifier,
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags) as Record<string, string>,
    permissions,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** A role as the API answers it. It can be assigned at its scope and, by `roleReference`, below. */
export function toRoleResponse(role: Role, accountId: string): RoleResponse {
  const { place } = role;
  return {
    role: {
      identifier: role.identifier,
      name: role.name,
      description: role.description,
      tags: { ...role.tags },
      permissions: [...role.permissions],
      allowedScopeLevels: [scopeLevelName(place)],
    },
    scope: {
      accountIdentifier: accountId,
      orgIdentifier: place.orgIdentifier ?? null,
      projectIdentifier: place.projectIdentifier ?? null,
    },
    harnessManaged: false,
    createdAt: Date.parse(role.createdAt),
    lastModifiedAt: Date.parse(role.updatedAt),
  };
}

/** A built-in role as the API answers it: it can be assigned anywhere, and was never made nor changed. */
export function toBuiltInRoleResponse(identifier: BuiltInRole): RoleResponse {
  const { name, description, permissions } = BUILT_IN_ROLES[identifier];
  return {
    role: {
      identifier,
      name,
      description,
      tags: {},
      permissions: [...permissions],
      allowedScopeLevels: [...SCOPE_LEVELS],
    },
    scope: null,
    harnessManaged: true,
    createdAt: 0,
    lastModifiedAt: 0,
  };
}
