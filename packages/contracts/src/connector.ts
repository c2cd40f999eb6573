import { z } from 'zod';
import {
  CREDENTIAL_LABELS,
  credentialSchema,
  effectiveSelectors,
  requiresSelectors,
  selectorsSchema,
} from './credential.ts';
import { descriptionSchema, identifierSchema, nameSchema, tagsSchema } from './identifiers.ts';
import { referenceSchema } from './references.ts';
import { optionalText } from './scope.ts';
import { storableText } from './text.ts';

/** Fields that clients of the ecosystem send and that mean nothing here; accepted so that they keep working. */
const toleratedSpecFields = {
  connectorType: z.unknown().optional(),
  ignoreTestConnection: z.unknown().optional(),
  awsOidcTokenExchangeDetailsForDelegate: z.unknown().optional(),
};

/** The ecosystem's server answers a flag that was never set with null, and what was read can be sent back. */
const flag = z.boolean().nullish();

/** One of the two ARN fields is set; the Go SDK sends the other as `""`, and spells the plain one `KmsArnInPlaintext`. */
export const awsKmsSpecInputSchema = z
  .strictObject({
    credential: credentialSchema,
    kmsArn: optionalText.pipe(referenceSchema.optional()).describe('Reference to a secret that holds the key ARN.'),
    kmsArnInPlainText: optionalText.pipe(z.string().trim().max(2048).optional()),
    KmsArnInPlaintext: optionalText.pipe(z.string().trim().max(2048).optional()),
    region: storableText.trim().min(1, 'Choose a region.').max(64),
    delegateSelectors: selectorsSchema,
    executeOnDelegate: flag.describe('Absent and null mean true.'),
    default: flag.describe('Absent and null mean false.'),
    isDefault: flag,
    ...toleratedSpecFields,
  })
  .transform(
    ({
      KmsArnInPlaintext,
      isDefault,
      connectorType: _c,
      ignoreTestConnection: _i,
      awsOidcTokenExchangeDetailsForDelegate: _a,
      ...spec
    }) => ({
      ...spec,
      kmsArnInPlainText: spec.kmsArnInPlainText ?? KmsArnInPlaintext,
      executeOnDelegate: spec.executeOnDelegate ?? true,
      default: spec.default ?? isDefault ?? false,
    }),
  )
  .superRefine((spec, context) => {
    if (spec.kmsArn && spec.kmsArnInPlainText) {
      context.addIssue({
        code: 'custom',
        path: ['kmsArn'],
        message: 'Give the key ARN either as a secret (kmsArn) or as plain text (kmsArnInPlainText), not both.',
      });
    }
    if (!spec.kmsArn && !spec.kmsArnInPlainText) {
      context.addIssue({
        code: 'custom',
        path: ['kmsArnInPlainText'],
        message: 'Give the key ARN, as a secret (kmsArn) or as plain text (kmsArnInPlainText).',
      });
    }
    if (requiresSelectors(spec.credential.type) && effectiveSelectors(spec).length === 0) {
      context.addIssue({
        code: 'custom',
        path: ['credential', 'spec', 'delegateSelectors'],
        message: `“${CREDENTIAL_LABELS[spec.credential.type]}” uses the identity of a delegate's host, so at least one delegate tag must say which delegate.`,
      });
    }
  });
export type AwsKmsSpec = z.infer<typeof awsKmsSpecInputSchema>;

const connectorFields = {
  name: nameSchema,
  identifier: identifierSchema,
  description: descriptionSchema.nullish().transform((value) => value ?? ''),
  orgIdentifier: optionalText.pipe(identifierSchema.optional()),
  projectIdentifier: optionalText.pipe(identifierSchema.optional()),
  tags: tagsSchema.nullish().transform((value) => value ?? {}),
};

/** A connector as a client sends it. `_` and `accountIdentifier` come from clients of the ecosystem and are ignored. */
export const connectorInputSchema = z
  .strictObject({
    ...connectorFields,
    type: z.literal('AwsKms', {
      error: 'The only connector type here is AwsKms, and the type of a connector never changes.',
    }),
    spec: awsKmsSpecInputSchema,
    accountIdentifier: z.unknown().optional(),
    parentUniqueId: z.unknown().optional(),
    _: z.unknown().optional(),
  })
  .transform(({ accountIdentifier: _a, parentUniqueId: _p, _: _u, ...connector }) => connector)
  .refine((connector) => !connector.projectIdentifier || connector.orgIdentifier, {
    path: ['orgIdentifier'],
    error: 'A project needs its organization.',
  });
export type ConnectorInput = z.infer<typeof connectorInputSchema>;
/** What may be written in a request body, before defaults are filled in. */
export type ConnectorRequest = z.input<typeof connectorInputSchema>;

export const connectorBodySchema = z.object({ connector: connectorInputSchema });
