import { z } from 'zod';
import { identifierSchema, nameSchema, tagsSchema } from './identifiers.ts';
import { referenceSchema } from './references.ts';
import { responseOf } from './responses.ts';
import { optionalText } from './scope.ts';
import { selectorSchema } from './selectors.ts';
import { findingSchema, hopIdSchema, hopResultSchema } from './trace.ts';

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

const selectorsSchema = z
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
const roleArnText = z.string().trim().min(1, 'Enter the ARN of the role.').max(2048);

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

/** Fields that clients of the ecosystem send and that mean nothing here; accepted so that they keep working. */
const toleratedSpecFields = {
  connectorType: z.unknown().optional(),
  ignoreTestConnection: z.unknown().optional(),
  awsOidcTokenExchangeDetailsForDelegate: z.unknown().optional(),
};

/** One of the two ARN fields is set; the Go SDK sends the other as `""`, and spells the plain one `KmsArnInPlaintext`. */
export const awsKmsSpecInputSchema = z
  .strictObject({
    credential: credentialSchema,
    kmsArn: optionalText.pipe(referenceSchema.optional()).describe('Reference to a secret that holds the key ARN.'),
    kmsArnInPlainText: optionalText.pipe(z.string().trim().max(2048).optional()),
    KmsArnInPlaintext: optionalText.pipe(z.string().trim().max(2048).optional()),
    region: z.string().trim().min(1, 'Choose a region.').max(64),
    delegateSelectors: selectorsSchema,
    executeOnDelegate: z.boolean().default(true),
    default: z.boolean().optional(),
    isDefault: z.boolean().optional(),
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

/** True where the credential is the host's own, so that a delegate must be named. */
export function requiresSelectors(type: CredentialType): boolean {
  return type === 'AssumeIAMRole' || type === 'AssumeSTSRole';
}

/** True where only a delegate can run it: the credential is the identity of the delegate's host. */
export function requiresDelegate(type: CredentialType): boolean {
  return requiresSelectors(type);
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

const connectorFields = {
  name: nameSchema,
  identifier: identifierSchema,
  description: z
    .string()
    .max(1024)
    .nullish()
    .transform((value) => value ?? ''),
  orgIdentifier: optionalText.pipe(identifierSchema.optional()),
  projectIdentifier: optionalText.pipe(identifierSchema.optional()),
  tags: tagsSchema.nullish().transform((value) => value ?? {}),
};

/** A connector as a client sends it. `_` and `accountIdentifier` come from clients of the ecosystem and are ignored. */
export const connectorInputSchema = z
  .strictObject({
    ...connectorFields,
    type: z.literal('AwsKms', { error: 'The only connector type here is AwsKms.' }),
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

/** Allow-listed credential of an answer: references, never values. */
const credentialOutputSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ManualConfig'),
    spec: z.object({
      accessKey: z.string(),
      secretKey: z.string(),
      delegateSelectors: z.array(z.string()).nullable(),
    }),
  }),
  z.object({
    type: z.literal('AssumeIAMRole'),
    spec: z.object({ delegateSelectors: z.array(z.string()).nullable() }),
  }),
  z.object({
    type: z.literal('AssumeSTSRole'),
    spec: z.object({
      delegateSelectors: z.array(z.string()).nullable(),
      roleArn: z.string(),
      externalName: z.string().optional(),
      assumeStsRoleDuration: z.number().optional(),
    }),
  }),
  z.object({
    type: z.literal('OidcAuthentication'),
    spec: z.object({ delegateSelectors: z.array(z.string()).nullable(), iamRoleArn: z.string() }),
  }),
]);

/** A connector as the server answers it; exactly the ARN field that was set is present, or plans drift. */
export const connectorOutputSchema = z.object({
  name: z.string(),
  identifier: z.string(),
  description: z.string(),
  accountIdentifier: z.string(),
  orgIdentifier: z.string().nullable(),
  projectIdentifier: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  type: z.literal('AwsKms'),
  spec: z.object({
    credential: credentialOutputSchema,
    kmsArn: z.string().optional(),
    kmsArnInPlainText: z.string().optional(),
    region: z.string(),
    delegateSelectors: z.array(z.string()),
    executeOnDelegate: z.boolean(),
    default: z.boolean(),
  }),
});
export type ConnectorOutput = z.infer<typeof connectorOutputSchema>;

export const CONNECTIVITY_STATUSES = ['SUCCESS', 'FAILURE', 'PARTIAL', 'UNKNOWN', 'PENDING'] as const;

/** `testedAt` and the other times are epoch milliseconds; 0 means never. */
export const connectivitySchema = z.object({
  status: z.enum(CONNECTIVITY_STATUSES),
  errorSummary: z.string().nullable(),
  errors: z.array(z.object({ reason: z.string(), message: z.string(), code: z.number().int() })).nullable(),
  testedAt: z.number(),
  lastTestedAt: z.number(),
  lastConnectedAt: z.number(),
  lastAlertSent: z.number().nullable(),
});
export type Connectivity = z.infer<typeof connectivitySchema>;

const gitDetailsSchema = z.object({
  objectId: z.null(),
  branch: z.null(),
  repoIdentifier: z.null(),
  rootFolder: z.null(),
  filePath: z.null(),
  repoName: z.null(),
  commitId: z.null(),
  fileUrl: z.null(),
  repoUrl: z.null(),
  parentEntityConnectorRef: z.null(),
  parentEntityRepoName: z.null(),
  isHarnessCodeRepo: z.null(),
});

export const connectorResponseSchema = z.object({
  connector: connectorOutputSchema,
  createdAt: z.number(),
  lastModifiedAt: z.number(),
  status: connectivitySchema,
  activityDetails: z.object({ lastActivityTime: z.number() }),
  harnessManaged: z.boolean(),
  gitDetails: gitDetailsSchema,
  entityValidityDetails: z.object({ valid: z.boolean(), invalidYaml: z.string().nullable() }),
  governanceMetadata: z.null(),
  isFavorite: z.boolean().nullable(),
});
export type ConnectorResponse = z.infer<typeof connectorResponseSchema>;

/** The body of `POST /connectors/listV2`. */
export const connectorFilterSchema = z.strictObject({
  connectorNames: z.array(z.string()).nullish(),
  connectorIdentifiers: z.array(z.string()).nullish(),
  description: z.string().nullish(),
  types: z.array(z.string()).nullish(),
  categories: z.array(z.string()).nullish(),
  connectivityStatuses: z.array(z.enum(CONNECTIVITY_STATUSES)).nullish(),
  inheritingCredentialsFromDelegate: z.boolean().nullish(),
  connectorConnectivityModes: z.array(z.enum(['DELEGATE', 'MANAGER'])).nullish(),
  tags: z
    .record(z.string(), z.string())
    .nullish()
    .describe('Connectors that have every one of these tags; an empty value matches any value.'),
  filterType: z.literal('Connector').optional(),
});
export type ConnectorFilter = z.infer<typeof connectorFilterSchema>;

/** The answer of a connection test, saved or draft; `trace` is Wardline's addition. */
export const testResultSchema = z.object({
  status: z.enum(['SUCCESS', 'FAILURE']),
  errors: z.array(z.object({ reason: z.string(), message: z.string(), code: z.number().int() })).nullable(),
  errorSummary: z.string().nullable(),
  testedAt: z.number(),
  delegateId: z.string().nullable(),
  taskId: z.string().nullable(),
  trace: z.array(hopResultSchema),
  /** Set where no runner could take the task, so that there is no hop to hang it on. */
  finding: findingSchema.nullable(),
});
export type TestResult = z.infer<typeof testResultSchema>;
export const testResponseSchema = responseOf(testResultSchema);

/** One server-sent event of a running test: the event's name is `type`, its data the whole object as JSON. */
export const testEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hop-started'), hop: hopIdSchema, startedAt: z.iso.datetime() }),
  z.object({ type: z.literal('hop-finished'), result: hopResultSchema }),
  z.object({ type: z.literal('result'), result: testResultSchema }),
]);
export type TestEvent = z.infer<typeof testEventSchema>;

/** The body of `POST /api/connectors/test`: a draft, tested without being stored. */
export const draftTestBodySchema = connectorBodySchema;

/** The last stored test of a connector; null until the first. */
export const lastTestResponseSchema = responseOf(testResultSchema.nullable());
