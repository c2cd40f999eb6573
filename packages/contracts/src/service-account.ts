import { z } from 'zod';
import { descriptionSchema, identifierSchema, nameSchema, tagsSchema } from './identifiers.ts';
import { optionalText } from './scope.ts';
import { storableText } from './text.ts';

const optionalIdentifier = optionalText.pipe(identifierSchema.optional());

/** What service accounts, API keys and tokens are described by, beside their own fields. */
export const describedFields = {
  identifier: identifierSchema,
  name: nameSchema,
  description: descriptionSchema.nullish().transform((value) => value ?? ''),
  tags: tagsSchema.nullish().transform((value) => value ?? {}),
  accountIdentifier: optionalText,
  orgIdentifier: optionalIdentifier,
  projectIdentifier: optionalIdentifier,
  /** Sent back by clients as they got it. */
  governanceMetadata: z.unknown().optional(),
};

/** An address that names the account in messages and logs; nothing is sent to it. Kept as it is written. */
const serviceEmailSchema = storableText
  .trim()
  .max(254, 'An e-mail address has at most 254 characters.')
  .regex(z.regexes.email, 'Enter an e-mail address, such as builds@service.example.com.');

/** A service account as a client sends it. Its scope is the one of the query. */
export const serviceAccountInputSchema = z
  .strictObject({
    ...describedFields,
    email: optionalText
      .pipe(serviceEmailSchema.optional())
      .describe('Names the account in messages; made from the ID where it is left out.'),
  })
  .transform(({ governanceMetadata: _g, ...account }) => account);
export type ServiceAccountInput = z.infer<typeof serviceAccountInputSchema>;
export type ServiceAccountRequest = z.input<typeof serviceAccountInputSchema>;

/** What describes an entity, in an answer. */
export const describedAnswer = {
  identifier: z.string(),
  name: z.string(),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  accountIdentifier: z.string(),
  orgIdentifier: z.string().nullable(),
  projectIdentifier: z.string().nullable(),
};

export const serviceAccountSchema = z.object({ ...describedAnswer, email: z.string() });
export type ServiceAccount = z.infer<typeof serviceAccountSchema>;

/** A role that a service account has, as aggregates tell it. */
const roleAssignmentMetadataSchema = z.object({
  identifier: z.string(),
  roleIdentifier: z.string(),
  roleName: z.string(),
  resourceGroupIdentifier: z.string(),
  resourceGroupName: z.string(),
  managedRole: z.boolean(),
  managedRoleAssignment: z.boolean(),
});
export type RoleAssignmentMetadata = z.infer<typeof roleAssignmentMetadataSchema>;

/** A service account with what else a page shows. Times are milliseconds since 1970. */
export const serviceAccountAggregateSchema = z.object({
  serviceAccount: serviceAccountSchema,
  createdAt: z.number(),
  lastModifiedAt: z.number(),
  tokensCount: z.number().int(),
  roleAssignmentsMetadataDTO: z.array(roleAssignmentMetadataSchema),
});
export type ServiceAccountAggregate = z.infer<typeof serviceAccountAggregateSchema>;
