import type { ConnectorOutput, ConnectorResponse } from '@wardline/contracts';
import type { Connector } from './connector.ts';

/** Connectors are not kept in Git here; the ecosystem's clients expect the fields. */
const NO_GIT_DETAILS = {
  objectId: null,
  branch: null,
  repoIdentifier: null,
  rootFolder: null,
  filePath: null,
  repoName: null,
  commitId: null,
  fileUrl: null,
  repoUrl: null,
  parentEntityConnectorRef: null,
  parentEntityRepoName: null,
  isHarnessCodeRepo: null,
} as const;

/** Epoch milliseconds of a stored time; 0 for never. */
const millis = (time: string | null): number => (time === null ? 0 : Date.parse(time));

/** A connector as the API answers it. */
export function toConnectorResponse(connector: Connector, accountId: string): ConnectorResponse {
  const { status, errorSummary, errors } = connector;
  const testedAt = millis(connector.testedAt);
  const lastModifiedAt = millis(connector.updatedAt);
  return {
    connector: toOutput(connector, accountId),
    createdAt: millis(connector.createdAt),
    lastModifiedAt,
    status: {
      status,
      errorSummary,
      errors,
      testedAt,
      lastTestedAt: testedAt,
      lastConnectedAt: millis(connector.lastConnectedAt),
      lastAlertSent: null,
    },
    activityDetails: { lastActivityTime: Math.max(testedAt, lastModifiedAt) },
    harnessManaged: false,
    gitDetails: NO_GIT_DETAILS,
    entityValidityDetails: { valid: true, invalidYaml: null },
    governanceMetadata: null,
    isFavorite: null,
    disabled: connector.disabled,
  };
}

function toOutput({ place, type, spec, ...connector }: Connector, accountId: string): ConnectorOutput {
  const { credential, kmsArn, kmsArnInPlainText } = spec;
  return {
    name: connector.name,
    identifier: connector.identifier,
    description: connector.description,
    accountIdentifier: accountId,
    orgIdentifier: place.orgIdentifier ?? null,
    projectIdentifier: place.projectIdentifier ?? null,
    tags: connector.tags,
    type,
    spec: {
      credential: toCredential(credential),
      // Only the field that was set: clients see drift in the other one.
      ...(kmsArn !== undefined && { kmsArn }),
      ...(kmsArnInPlainText !== undefined && { kmsArnInPlainText }),
      region: spec.region,
      delegateSelectors: spec.delegateSelectors ?? [],
      executeOnDelegate: spec.executeOnDelegate,
      default: spec.default,
    },
  };
}

type Credential = Connector['spec']['credential'];

function toCredential(credential: Credential): ConnectorOutput['spec']['credential'] {
  const delegateSelectors = credential.spec.delegateSelectors ?? null;
  switch (credential.type) {
    case 'ManualConfig':
      return { type: credential.type, spec: { ...credential.spec, delegateSelectors } };
    case 'AssumeIAMRole':
      return { type: credential.type, spec: { delegateSelectors } };
    case 'AssumeSTSRole': {
      const { roleArn, externalName, assumeStsRoleDuration } = credential.spec;
      return {
        type: credential.type,
        spec: {
          delegateSelectors,
          roleArn,
          ...(externalName !== undefined && { externalName }),
          ...(assumeStsRoleDuration !== undefined && { assumeStsRoleDuration }),
        },
      };
    }
    case 'OidcAuthentication':
      return { type: credential.type, spec: { ...credential.spec, delegateSelectors } };
  }
}
