import { z } from 'zod';
import { principalInputSchema } from './role-assignment.ts';
import { optionalText } from './scope.ts';
import { storableText } from './text.ts';

const checkSchema = z.object({
  resourceScope: z
    .object({ accountIdentifier: optionalText, orgIdentifier: optionalText, projectIdentifier: optionalText })
    .nullish(),
  resourceType: optionalText,
  resourceIdentifier: optionalText,
  permission: storableText,
});

/** The body of `POST /authz/api/acl`: may a principal do this there? Without a principal, may the caller? */
export const accessCheckRequestSchema = z.object({
  permissions: z.array(checkSchema).max(1000, 'At most 1000 checks at once.'),
  principal: principalInputSchema.nullish(),
});
export type AccessCheckRequest = z.infer<typeof accessCheckRequestSchema>;

export const accessCheckResponseSchema = z.object({
  principal: z.object({ type: z.string(), identifier: z.string(), scopeLevel: z.string().nullable() }),
  accessControlList: z.array(
    z.object({
      permission: z.string(),
      resourceScope: z.object({
        accountIdentifier: z.string(),
        orgIdentifier: z.string().nullable(),
        projectIdentifier: z.string().nullable(),
      }),
      resourceType: z.string().nullable(),
      resourceIdentifier: z.string().nullable(),
      permitted: z.boolean(),
    }),
  ),
});
export type AccessCheckResponse = z.infer<typeof accessCheckResponseSchema>;
