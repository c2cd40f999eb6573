import { z } from 'zod';
import { descriptionSchema, identifierSchema, nameSchema, tagsSchema } from './identifiers.ts';
import { permissionSchema, RESOURCE_TYPES } from './permission.ts';
import type { Scope } from './scope.ts';

/** The levels of scopes, in the words of the access-control API. */
export const SCOPE_LEVELS = ['account', 'organization', 'project'] as const;
export const scopeLevelNameSchema = z.enum(SCOPE_LEVELS, { error: 'is account, organization or project' });
export type ScopeLevelName = z.infer<typeof scopeLevelNameSchema>;

/** The level of a scope, in the words of the access-control API. */
export function scopeLevelName(place: Pick<Scope, 'orgIdentifier' | 'projectIdentifier'>): ScopeLevelName {
  if (place.projectIdentifier) return 'project';
  return place.orgIdentifier ? 'organization' : 'account';
}

/** A permission of a request; what is no permission is told with where to find those that are. */
const knownPermission = z.enum(permissionSchema.options, {
  error: ({ input }) =>
    `“${String(input)}” is no permission of this server. GET /authz/api/permissions lists those that are.`,
});

/** Built-in roles begin with an underscore, which keeps the two apart in every scope. */
const ownRoleIdentifier = identifierSchema.regex(
  /^[^_]/,
  'An ID that begins with an underscore is one of a built-in role. Choose another ID.',
);

/** A role as a client sends it. */
export const roleInputSchema = z.strictObject({
  identifier: ownRoleIdentifier,
  name: nameSchema,
  description: descriptionSchema.nullish().transform((value) => value ?? ''),
  tags: tagsSchema.nullish().transform((value) => value ?? {}),
  permissions: z
    .array(knownPermission)
    .max(1000, 'At most 1000 permissions.')
    .nullish()
    .transform((value) => [...new Set(value ?? [])]),
  allowedScopeLevels: z
    .array(scopeLevelNameSchema)
    .max(SCOPE_LEVELS.length)
    .nullish()
    .describe('The level of the scope that the role is defined at, which is also meant by leaving it out.'),
});
export type RoleInput = z.infer<typeof roleInputSchema>;
export type RoleRequest = z.input<typeof roleInputSchema>;

const wireScope = z.object({
  accountIdentifier: z.string(),
  orgIdentifier: z.string().nullable(),
  projectIdentifier: z.string().nullable(),
});

/** A role as the server answers it. Built-in ones are `harnessManaged`, can't be changed, and belong to no scope. */
export const roleResponseSchema = z.object({
  role: z.object({
    identifier: z.string(),
    name: z.string(),
    description: z.string(),
    tags: z.record(z.string(), z.string()),
    permissions: z.array(permissionSchema),
    allowedScopeLevels: z.array(scopeLevelNameSchema),
  }),
  scope: wireScope.nullable(),
  harnessManaged: z.boolean(),
  createdAt: z.number(),
  lastModifiedAt: z.number(),
});
export type RoleResponse = z.infer<typeof roleResponseSchema>;

/** A permission as `GET /authz/api/permissions` lists it. */
export const permissionResponseSchema = z.object({
  permission: z.object({
    identifier: permissionSchema,
    name: z.string(),
    status: z.literal('ACTIVE'),
    includeInAllRoles: z.literal(false),
    allowedScopeLevels: z.array(scopeLevelNameSchema),
    resourceType: z.enum(RESOURCE_TYPES),
    action: z.string(),
  }),
});
export type PermissionResponse = z.infer<typeof permissionResponseSchema>;
