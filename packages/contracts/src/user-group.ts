import { z } from 'zod';
import { descriptionSchema, identifierSchema, nameSchema, tagsSchema } from './identifiers.ts';
import { optionalText } from './scope.ts';
import { storableText } from './text.ts';

/** The most members that a group has; its members are one document of the API. */
const MEMBERS_MAX = 5000;

const unset = optionalText.refine((value) => value === undefined, 'Groups are not linked to single sign-on here.');
const off = z.literal(false, { error: 'Groups are not linked to single sign-on or managed from outside here.' });

/**
 * A user group as a client sends it; its scope is the one of the query, which scope fields may repeat. `users` are ids
 * of users, or e-mail addresses at `/ng/api/v2/user-groups`; left out, the group has no members.
 */
export const userGroupInputSchema = z
  .strictObject({
    identifier: identifierSchema,
    name: nameSchema,
    description: descriptionSchema.nullish().transform((value) => value ?? ''),
    tags: tagsSchema.nullish().transform((value) => value ?? {}),
    users: z
      .array(storableText.min(1).max(320))
      .max(MEMBERS_MAX, `At most ${MEMBERS_MAX} members.`)
      .nullish()
      .transform((value) => [...new Set(value ?? [])]),
    accountIdentifier: optionalText,
    orgIdentifier: optionalText,
    projectIdentifier: optionalText,
    notificationConfigs: z.array(z.unknown()).max(0, 'Groups are not notified here.').nullish(),
    isSsoLinked: off.nullish(),
    ssoLinked: off.nullish(),
    externallyManaged: off.nullish(),
    harnessManaged: off.nullish(),
    linkedSsoId: unset,
    linkedSsoType: unset,
    linkedSsoDisplayName: unset,
    ssoGroupId: unset,
    ssoGroupName: unset,
    governanceMetadata: z.unknown().optional(),
  })
  .transform(({ identifier, name, description, tags, users, orgIdentifier, projectIdentifier }) => ({
    identifier,
    name,
    description,
    tags,
    users,
    orgIdentifier,
    projectIdentifier,
  }));
export type UserGroupInput = z.infer<typeof userGroupInputSchema>;
export type UserGroupRequest = z.input<typeof userGroupInputSchema>;

const common = {
  accountIdentifier: z.string(),
  orgIdentifier: z.string().nullable(),
  projectIdentifier: z.string().nullable(),
  identifier: z.string(),
  name: z.string(),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  notificationConfigs: z.array(z.never()),
  isSsoLinked: z.literal(false),
  ssoLinked: z.literal(false),
  linkedSsoId: z.null(),
  linkedSsoType: z.null(),
  linkedSsoDisplayName: z.null(),
  ssoGroupId: z.null(),
  ssoGroupName: z.null(),
  externallyManaged: z.literal(false),
  harnessManaged: z.literal(false),
};

/** A user group with the ids of its members. */
export const userGroupSchema = z.object({ ...common, users: z.array(z.string()) });
export type UserGroup = z.infer<typeof userGroupSchema>;

/** The same at `/ng/api/v2/user-groups`, with the e-mail addresses of its members. */
export const userGroupV2Schema = z.object({
  ...common,
  users: z.array(z.object({ id: z.string(), email: z.string() })),
});
export type UserGroupV2 = z.infer<typeof userGroupV2Schema>;

/** The body of `POST /ng/api/user-groups/batch`, which names the scope too. */
export const userGroupFilterSchema = z.strictObject({
  accountIdentifier: optionalText,
  orgIdentifier: optionalText,
  projectIdentifier: optionalText,
  databaseIdFilter: z.array(storableText).max(1000).nullish(),
  identifierFilter: z.array(storableText).max(1000).nullish(),
  userIdentifierFilter: z.array(storableText).max(1000).nullish(),
  searchTerm: optionalText.pipe(z.string().trim().max(256, 'A search has at most 256 characters.').optional()),
  filterType: z.enum(['EXCLUDE_INHERITED_GROUPS', 'INCLUDE_INHERITED_GROUPS']).nullish(),
});
export type UserGroupFilter = z.infer<typeof userGroupFilterSchema>;

/** A member of a group as a list shows it. */
export const groupMemberSchema = z.object({
  uuid: z.string(),
  name: z.string(),
  email: z.string(),
  locked: z.boolean(),
  disabled: z.boolean(),
  externallyManaged: z.literal(false),
});
export type GroupMember = z.infer<typeof groupMemberSchema>;
