import { z } from 'zod';
import { descriptionSchema } from './identifiers.ts';
import { storableText } from './text.ts';

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
  /** Wardline's own: nothing is written to it or read from it, until someone enables it again. */
  disabled: z.boolean(),
});
export type ConnectorResponse = z.infer<typeof connectorResponseSchema>;

/** The values of one filter; each is a parameter of the query that looks for them. */
const filterValues = z.array(storableText).max(1000, 'At most 1000 values.').nullish();

/** The body of `POST /connectors/listV2`. */
export const connectorFilterSchema = z.strictObject({
  connectorNames: filterValues,
  connectorIdentifiers: filterValues,
  description: descriptionSchema.nullish(),
  types: filterValues,
  categories: filterValues,
  connectivityStatuses: z.array(z.enum(CONNECTIVITY_STATUSES)).nullish(),
  inheritingCredentialsFromDelegate: z.boolean().nullish(),
  connectorConnectivityModes: z.array(z.enum(['DELEGATE', 'MANAGER'])).nullish(),
  tags: z
    .record(storableText, storableText)
    .refine((tags) => Object.keys(tags).length <= 128, 'At most 128 tags.')
    .nullish()
    .describe('Connectors that have every one of these tags; an empty value matches any value.'),
  filterType: z.literal('Connector').optional(),
});
export type ConnectorFilter = z.infer<typeof connectorFilterSchema>;
