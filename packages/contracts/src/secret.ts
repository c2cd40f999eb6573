import { z } from 'zod';
import { descriptionSchema, identifierSchema, nameSchema, tagsSchema } from './identifiers.ts';
import { optionalText } from './scope.ts';
import { storableText } from './text.ts';
import { findingSchema } from './trace.ts';

/** The longest text value, in bytes of UTF-8. */
export const TEXT_VALUE_MAX_BYTES = 1024 * 1024;

/** The largest file, in bytes: the ecosystem's limit. */
export const FILE_MAX_BYTES = 10 * 1024 * 1024;

/** A text, or a file. */
export const SECRET_TYPES = ['SecretText', 'SecretFile'] as const;
export const secretTypeSchema = z.enum(SECRET_TYPES);
export type SecretType = (typeof SECRET_TYPES)[number];

/** Bare (of the secret's own scope), `org.` or `account.`; clients send an unset one as `""`. */
const managerReference = optionalText.describe(
  'The secret manager. Absent: to create, the default of the scope, else the built-in one; to change, the one it has.',
);

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
    type: z.literal('SecretText', { error: 'Send SecretText here. A file goes to /ng/api/v2/secrets/files.' }),
    spec: z
      .strictObject({
        secretManagerIdentifier: managerReference,
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

/** A file as a client describes it, in the part `spec`; its content is the part `file`. */
export const secretFileInputSchema = z
  .strictObject({
    ...secretFields,
    type: z.literal('SecretFile', { error: 'Send SecretFile here. A text goes to /ng/api/v2/secrets.' }),
    spec: z
      .strictObject({
        secretManagerIdentifier: managerReference,
        type: z.unknown().optional(),
        additionalMetadata: z.unknown().optional(),
        errorMessageForInvalidYaml: z.unknown().optional(),
      })
      .transform(({ secretManagerIdentifier }) => ({ secretManagerIdentifier })),
    owner: z.unknown().optional(),
    parentUniqueId: z.unknown().optional(),
  })
  .transform(({ owner: _o, parentUniqueId: _p, ...secret }) => secret)
  .refine((secret) => !secret.projectIdentifier || secret.orgIdentifier, {
    path: ['orgIdentifier'],
    error: 'A project needs its organization.',
  });
export type SecretFileInput = z.infer<typeof secretFileInputSchema>;
export type SecretFileRequest = z.input<typeof secretFileInputSchema>;

/** The part `spec` of a file, as JSON text. */
export const secretFileBodySchema = z.object({ secret: secretFileInputSchema });

/** How sure it is that a stored value can be read. Times are epoch milliseconds. */
export const secretProofSchema = z.object({
  /**
   * `pending`: not tried yet, and young. `proven`: decrypted within the policy. `due`: within it, but three quarters of
   * its time are over. `overdue`: not proven for longer than it allows. `failed`: the last try did not decrypt it.
   */
  state: z.enum(['pending', 'proven', 'due', 'overdue', 'failed']),
  provenAt: z.number().nullable(),
  failedAt: z.number().nullable(),
  finding: findingSchema.nullable(),
});
export type SecretProof = z.infer<typeof secretProofSchema>;

/** A secret as the server answers it: there is no field for an inline value. */
export const secretResponseSchema = z.object({
  secret: z.object({
    type: secretTypeSchema,
    name: z.string(),
    identifier: z.string(),
    orgIdentifier: z.string().nullable(),
    projectIdentifier: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
    description: z.string(),
    spec: z.union([
      z.object({
        type: z.literal('SecretTextSpec').optional(),
        secretManagerIdentifier: z.string(),
        valueType: z.literal('Inline'),
        value: z.null(),
      }),
      z.object({ type: z.literal('SecretFileSpec'), secretManagerIdentifier: z.string() }),
    ]),
  }),
  createdAt: z.number(),
  updatedAt: z.number(),
  // Wardline's own.
  /** Number of the current version: every change makes one. */
  version: z.number().int(),
  /** Of the current value. */
  byteLength: z.number().int(),
  proof: secretProofSchema,
  draft: z.boolean(),
  governanceMetadata: z.null(),
});
export type SecretResponse = z.infer<typeof secretResponseSchema>;

/** The body of `POST /v2/secrets/list`. */
export const secretFilterSchema = z.strictObject({
  identifiers: z.array(storableText).max(1000, 'At most 1000 IDs.').nullish(),
  searchTerm: storableText.nullish(),
  secretTypes: z.array(z.string()).nullish(),
  secretManagerIdentifiers: z.array(storableText).max(1000, 'At most 1000 secret managers.').nullish(),
  /** Wardline's own: secrets whose current value is in one of these states. */
  proofStates: z.array(secretProofSchema.shape.state).nullish(),
  sourceCategory: z.string().nullish(),
  /** With the secrets of all scopes below. */
  includeSecretsFromEverySubScope: z.boolean().nullish(),
  /** With the secrets of the scopes above. */
  includeAllSecretsAccessibleAtScope: z.boolean().nullish(),
  filterType: z.string().nullish(),
});
export type SecretFilter = z.infer<typeof secretFilterSchema>;
