import { z } from 'zod';
import { secretFileInputSchema, secretInputSchema } from './secret.ts';

/** The longest description of a secret as YAML, in bytes: generous, since it has no value. */
export const SECRET_YAML_MAX_BYTES = 64 * 1024;

const textWithoutValueSchema = secretInputSchema.refine(({ spec }) => spec.value === undefined, {
  path: ['spec', 'value'],
  error:
    'An inline value is not taken as YAML: such documents are kept in repositories. Nothing was stored. Leave the value ' +
    'out here, and enter it in the console or send it as JSON: PUT /ng/api/v2/secrets/{identifier}.',
});

/** The body of the YAML routes: what the JSON routes take, of a text or a file, without its value. */
export const secretYamlBodySchema = z.object({
  secret: z.discriminatedUnion('type', [textWithoutValueSchema, secretFileInputSchema], {
    error: (issue) => (issue.code === 'invalid_union' ? 'Send SecretText or SecretFile.' : undefined),
  }),
});
export type SecretYamlInput = z.infer<typeof secretYamlBodySchema>['secret'];

/**
 * The body of `POST /v2/secrets/validate`. In the ecosystem it names the host that an SSH key or WinRM credentials are
 * tried on; texts and files have none.
 */
export const secretValidationBodySchema = z.object({
  type: z.enum(['SecretText', 'SecretFile', 'SSHKey', 'WinRmCredentials']).nullish(),
  host: z.unknown().optional(),
});
export type SecretValidationRequest = z.infer<typeof secretValidationBodySchema>;

/** What came of a validation: a failure is an answer like any other. */
export const secretValidationSchema = z.object({
  success: z.boolean(),
  /** Why not; null where it succeeded. */
  message: z.string().nullable(),
});
export type SecretValidation = z.infer<typeof secretValidationSchema>;
