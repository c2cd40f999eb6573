import { z } from 'zod';
import { descriptionSchema, identifierSchema, nameSchema, tagsSchema } from './identifiers.ts';
import { BUILT_IN_SECRET_MANAGER, optionalText } from './scope.ts';
import { storableText } from './text.ts';

/** The longest text value, in bytes of UTF-8. */
export const TEXT_VALUE_MAX_BYTES = 1024 * 1024;

const secretFields = {
  name: nameSchema,
  identifier: identifierSchema,
  orgIdentifier: optionalText.pipe(identifierSchema.optional()),
  projectIdentifier: optionalText.pipe(identifierSchema.optional()),
  tags: tagsSchema.nullish().transform((value) => value ?? {}),
  description: descriptionSchema.nullish().transform((value) => value ?? ''),
};

/** A text secret as a client sends it; `type` and `additionalMetadata` in the spec come from the Go SDK and mean nothing here. */
export const secretInputSchema = z
  .strictObject({
    ...secretFields,
    type: z.literal('SecretText', { error: 'Only SecretText can be stored so far.' }),
    spec: z
      .strictObject({
        secretManagerIdentifier: z.string().min(1).default(BUILT_IN_SECRET_MANAGER),
        valueType: z.literal('Inline', { error: 'Only Inline values can be stored so far.' }),
        value: z
          .string()
          .refine((value) => new TextEncoder().encode(value).length <= TEXT_VALUE_MAX_BYTES, {
            error: `A value has at most ${TEXT_VALUE_MAX_BYTES} bytes.`,
          })
          .nullish()
          .transform((value) => value || undefined)
          .describe('Needed to create; empty on update keeps the stored value.'),
        type: z.unknown().optional(),
        additionalMetadata: z.unknown().optional(),
        errorMessageForInvalidYaml: z.unknown().optional(),
      })
      .transform(({ type: _t, additionalMetadata: _a, errorMessageForInvalidYaml: _e, ...spec }) => spec),
    owner: z.unknown().optional(),
    parentUniqueId: z.unknown().optional(),
  })
  .transform(({ owner: _o, parentUniqueId: _p, ...secret }) => secret)
  .refine((secret) => !secret.projectIdentifier || secret.orgIdentifier, {
    path: ['orgIdentifier'],
    error: 'A project needs its organization.',
  });
export type SecretInput = z.infer<typeof secretInputSchema>;
export type SecretRequest = z.input<typeof secretInputSchema>;

export const secretBodySchema = z.object({ secret: secretInputSchema });

/** A secret as the server answers it: there is no field for an inline value. */
export const secretResponseSchema = z.object({
  secret: z.object({
    type: z.literal('SecretText'),
    name: z.string(),
    identifier: z.string(),
    orgIdentifier: z.string().nullable(),
    projectIdentifier: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
    description: z.string(),
    spec: z.object({
      type: z.literal('SecretTextSpec').optional(),
      secretManagerIdentifier: z.string(),
      valueType: z.literal('Inline'),
      value: z.null(),
    }),
  }),
  createdAt: z.number(),
  updatedAt: z.number(),
  draft: z.boolean(),
  governanceMetadata: z.null(),
});
export type SecretResponse = z.infer<typeof secretResponseSchema>;

/** The body of `POST /v2/secrets/list`. */
export const secretFilterSchema = z.strictObject({
  identifiers: z.array(storableText).max(1000, 'At most 1000 IDs.').nullish(),
  searchTerm: storableText.nullish(),
  secretTypes: z.array(z.string()).nullish(),
  sourceCategory: z.string().nullish(),
  includeSecretsFromEverySubScope: z.boolean().nullish(),
  includeAllSecretsAccessibleAtScope: z.boolean().nullish(),
  filterType: z.string().nullish(),
});
export type SecretFilter = z.infer<typeof secretFilterSchema>;
