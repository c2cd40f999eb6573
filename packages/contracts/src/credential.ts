import { z } from 'zod';
import { referenceSchema } from './references.ts';
import { optionalText } from './scope.ts';
import { selectorSchema } from './selectors.ts';
import { storableText } from './text.ts';

/** The four ways to authenticate to AWS, in the order in which the wizard offers them. */
export const CREDENTIAL_TYPES = ['ManualConfig', 'AssumeIAMRole', 'AssumeSTSRole', 'OidcAuthentication'] as const;
export type CredentialType = (typeof CREDENTIAL_TYPES)[number];

/** What people call the credential types. */
export const CREDENTIAL_LABELS = {
  ManualConfig: 'AWS Access Key',
  AssumeIAMRole: 'Assume IAM Role on Delegate',
  AssumeSTSRole: 'Assume Role using STS on Delegate',
  OidcAuthentication: 'OIDC',
} as const satisfies Record<CredentialType, string>;

/** Selectors as clients send them: null and absent both mean none. */
export const selectorsSchema = z
  .array(selectorSchema)
  .max(64)
  .nullish()
  .transform((value) => value ?? undefined);

/** Session length of an assumed role, in seconds: 900 to 43200 (AWS STS AssumeRole). */
export const STS_DURATION = { min: 900, max: 43_200, default: 3600, chainedMax: 3600 } as const;

/** External ID: 2 to 1224 characters of the set that STS allows. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const externalIdSchema = z
  .string()
  .min(2, 'An external ID has at least 2 characters.')
  .max(1224, 'An external ID has at most 1224 characters.')
  .regex(/^[\w+=,.@:/-]*$/, 'An external ID contains only letters, digits and _ + = , . @ : / -');

/** Role duration in whole seconds; 0 and absent mean the default. */
const durationSchema = z
  .number()
  .int('Enter whole seconds.')
  .refine((n) => n === 0 || (n >= STS_DURATION.min && n <= STS_DURATION.max), {
    error: `Enter ${STS_DURATION.min} to ${STS_DURATION.max} seconds.`,
  })
  .nullish()
  .transform((value) => value || undefined);

/** The role ARN is any text here: saving does not check what only AWS can know; the connection test does. */
const roleArnText = storableText.trim().min(1, 'Enter the ARN of the role.').max(2048);

const manualConfigSchema = z.strictObject({
  type: z.literal('ManualConfig'),
  spec: z.strictObject({
    accessKey: referenceSchema,
    secretKey: referenceSchema,
    delegateSelectors: selectorsSchema,
  }),
});
const assumeIamRoleSchema = z.strictObject({
  type: z.literal('AssumeIAMRole'),
  spec: z.strictObject({ delegateSelectors: selectorsSchema }),
});
const assumeStsRoleSchema = z.strictObject({
  type: z.literal('AssumeSTSRole'),
  spec: z.strictObject({
    delegateSelectors: selectorsSchema,
    roleArn: roleArnText,
    externalName: optionalText.pipe(externalIdSchema.optional()),
    assumeStsRoleDuration: durationSchema,
  }),
});
const oidcSchema = z.strictObject({
  type: z.literal('OidcAuthentication'),
  spec: z.strictObject({ delegateSelectors: selectorsSchema, iamRoleArn: roleArnText }),
});

export const credentialSchema = z.discriminatedUnion('type', [
  manualConfigSchema,
  assumeIamRoleSchema,
  assumeStsRoleSchema,
  oidcSchema,
]);
export type Credential = z.infer<typeof credentialSchema>;

/** True where the credential is the identity of a delegate's host: only a delegate can run it, and its tags must say which. */
export function requiresSelectors(type: CredentialType): boolean {
  return type === 'AssumeIAMRole' || type === 'AssumeSTSRole';
}

/** The selectors that count: IAM and STS use the credential's, the others the connector's, each falling back to the other. */
export function effectiveSelectors(spec: {
  credential: { type: CredentialType; spec: { delegateSelectors?: string[] | undefined } };
  delegateSelectors?: string[] | undefined;
}): string[] {
  const own = spec.credential.spec.delegateSelectors ?? [];
  const top = spec.delegateSelectors ?? [];
  const [first, second] = requiresSelectors(spec.credential.type) ? [own, top] : [top, own];
  return first.length > 0 ? first : second;
}
