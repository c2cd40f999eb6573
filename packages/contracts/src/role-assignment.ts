import { z } from 'zod';
import { identifierSchema } from './identifiers.ts';
import { PRINCIPAL_TYPES, principalTypeSchema } from './principal.ts';
import { roleResponseSchema, scopeLevelNameSchema } from './role.ts';
import { optionalText } from './scope.ts';
import { storableText } from './text.ts';

/** The resource group that every assignment has: everything at the scope and below, since a right holds there. */
export const ALL_RESOURCES = '_all_resources_including_child_scopes';
/** The same at a project, which has nothing below. */
export const ALL_PROJECT_RESOURCES = '_all_project_level_resources';

/** The longest name of a principal in a request: an ID of 128 characters, or an id of the database. */
const PRINCIPAL_MAX_LENGTH = 128;

const level = optionalText.pipe(scopeLevelNameSchema.optional());
const flag = z.boolean().nullish();

/**
 * Who has a role. A user is named by the id that the server gave it, a service account or a group by its ID; the
 * scope level says where the latter two are, which is the scope of the assignment unless said otherwise.
 */
export const principalInputSchema = z.strictObject({
  type: z.enum(PRINCIPAL_TYPES, { error: 'is USER, SERVICE_ACCOUNT or USER_GROUP' }),
  identifier: storableText.min(1, 'Say who.').max(PRINCIPAL_MAX_LENGTH),
  scopeLevel: level,
});
export type PrincipalInput = z.infer<typeof principalInputSchema>;

/** A role assignment as a client sends it; its scope is the one of the query. */
export const roleAssignmentInputSchema = z
  .strictObject({
    identifier: optionalText.pipe(identifierSchema.optional()).describe('Made by the server where it is left out.'),
    resourceGroupIdentifier: optionalText.describe(`${ALL_RESOURCES}, which is also meant by leaving it out.`),
    roleIdentifier: optionalText,
    roleReference: z.strictObject({ identifier: storableText, scopeLevel: level }).nullish(),
    principal: principalInputSchema,
    disabled: flag,
    managed: flag.describe('False: only the server makes assignments that it manages.'),
  })
  .superRefine(({ roleIdentifier, roleReference, managed }, context) => {
    const issue = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (!roleIdentifier && !roleReference) issue('roleIdentifier', 'Say which role.');
    if (roleIdentifier && roleReference && roleIdentifier !== roleReference.identifier) {
      issue('roleReference', 'roleIdentifier and roleReference name different roles.');
    }
    if (managed) issue('managed', 'Only the server makes assignments that it manages.');
  });
export type RoleAssignmentInput = z.infer<typeof roleAssignmentInputSchema>;
export type RoleAssignmentRequest = z.input<typeof roleAssignmentInputSchema>;

export const roleAssignmentBatchSchema = z.strictObject({
  roleAssignments: z.array(roleAssignmentInputSchema).min(1).max(100, 'At most 100 assignments at once.'),
});

export const roleAssignmentValidationInputSchema = z.strictObject({
  roleAssignment: roleAssignmentInputSchema,
  validatePrincipal: flag,
  validateRole: flag,
  validateResourceGroup: flag,
});
const validationResult = z.object({ valid: z.boolean(), isValid: z.boolean(), errorMessage: z.string().nullable() });
/** What was not asked for is null. */
export const roleAssignmentValidationSchema = z.object({
  principalValidationResult: validationResult.nullable(),
  roleValidationResult: validationResult.nullable(),
  resourceGroupValidationResult: validationResult.nullable(),
});
export type RoleAssignmentValidation = z.infer<typeof roleAssignmentValidationSchema>;

const filterValues = <T extends z.ZodType>(value: T) => z.array(value).max(1000, 'At most 1000 values.').nullish();

/** Which assignments a list has: those that pass every part that is not empty. */
export const roleAssignmentFilterSchema = z.strictObject({
  resourceGroupFilter: filterValues(storableText),
  roleFilter: filterValues(storableText),
  principalTypeFilter: filterValues(principalTypeSchema),
  principalFilter: z.union([filterValues(principalInputSchema), principalInputSchema.transform((one) => [one])]),
  harnessManagedFilter: filterValues(z.boolean()),
  disabledFilter: filterValues(z.boolean()),
});
export type RoleAssignmentFilter = z.infer<typeof roleAssignmentFilterSchema>;

const principal = z.object({
  type: principalTypeSchema,
  identifier: z.string(),
  /** Null for a user, who belongs to no scope. */
  scopeLevel: scopeLevelNameSchema.nullable(),
});

const scope = z.object({
  accountIdentifier: z.string(),
  orgIdentifier: z.string().nullable(),
  projectIdentifier: z.string().nullable(),
});
const assignment = z.object({
  identifier: z.string(),
  resourceGroupIdentifier: z.string(),
  roleIdentifier: z.string(),
  /** Only for a role of a scope above. A client that changes `roleIdentifier` may send back what it read here. */
  roleReference: z.object({ identifier: z.string(), scopeLevel: scopeLevelNameSchema }).nullable(),
  principal,
  disabled: z.boolean(),
  managed: z.boolean(),
});
const times = { createdAt: z.number(), lastModifiedAt: z.number() };

export const roleAssignmentResponseSchema = z.object({
  roleAssignment: assignment,
  scope,
  ...times,
  harnessManaged: z.boolean(),
});
export type RoleAssignmentResponse = z.infer<typeof roleAssignmentResponseSchema>;

const resourceGroup = z.object({ identifier: z.string(), name: z.string() });

/** An assignment with the names that a list shows. */
export const roleAssignmentAggregateSchema = z.object({
  identifier: z.string(),
  principal: principal.extend({ name: z.string(), email: z.string().nullable() }),
  disabled: z.boolean(),
  role: roleResponseSchema,
  resourceGroup,
  scope,
  ...times,
  harnessManaged: z.boolean(),
});
export type RoleAssignmentAggregate = z.infer<typeof roleAssignmentAggregateSchema>;

/** All assignments of a scope that pass a filter, with the roles they give. */
export const roleAssignmentAggregateListSchema = z.object({
  roleAssignments: z.array(assignment),
  scope,
  roles: z.array(roleResponseSchema),
  resourceGroups: z.array(resourceGroup),
});
export type RoleAssignmentAggregateList = z.infer<typeof roleAssignmentAggregateListSchema>;
