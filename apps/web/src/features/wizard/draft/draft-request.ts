import type { ConnectorOutput, ConnectorRequest, ConnectorResponse } from '@wardline/contracts';
import { formatTags, parseTags } from '../../../lib/tag-text.ts';
import { storedSelectors } from '../../connectors/stored-selectors.ts';
import { type Draft, EMPTY_DRAFT, runsOnPlatform, selectorsOf } from './draft.ts';

type CredentialRequest = ConnectorRequest['spec']['credential'];

function credentialOf(draft: Draft, delegateSelectors: string[]): CredentialRequest {
  const { credentialType: type, accessKey, secretKey, roleArn, externalName, assumeStsRoleDuration } = draft;
  switch (type) {
    case 'ManualConfig':
      return { type, spec: { accessKey, secretKey, delegateSelectors } };
    case 'AssumeIAMRole':
      return { type, spec: { delegateSelectors } };
    case 'AssumeSTSRole': {
      const duration = assumeStsRoleDuration ? { assumeStsRoleDuration: Number(assumeStsRoleDuration) } : {};
      return { type, spec: { delegateSelectors, roleArn, externalName, ...duration } };
    }
    case 'OidcAuthentication':
      return { type, spec: { delegateSelectors, iamRoleArn: draft.iamRoleArn } };
  }
}

/** The request body that stores or tests this draft. Fields of other credential types are left out. */
export function draftToRequest(draft: Draft): ConnectorRequest {
  const selectors = [...selectorsOf(draft)];
  const key =
    draft.keyArnSource === 'plain' ? { kmsArnInPlainText: draft.kmsArnInPlainText.trim() } : { kmsArn: draft.kmsArn };
  return {
    name: draft.name,
    identifier: draft.identifier,
    description: draft.description,
    tags: parseTags(draft.tags),
    type: 'AwsKms',
    spec: {
      credential: credentialOf(draft, selectors),
      ...key,
      region: draft.region,
      delegateSelectors: selectors,
      executeOnDelegate: !runsOnPlatform(draft),
      default: draft.isDefault,
    },
  };
}

function credentialFields({ spec }: ConnectorOutput): Partial<Draft> {
  const { type, spec: fields } = spec.credential;
  switch (type) {
    case 'ManualConfig':
      return { accessKey: fields.accessKey, secretKey: fields.secretKey };
    case 'AssumeIAMRole':
      return {};
    case 'AssumeSTSRole':
      return {
        roleArn: fields.roleArn,
        externalName: fields.externalName ?? '',
        assumeStsRoleDuration: String(fields.assumeStsRoleDuration ?? ''),
      };
    case 'OidcAuthentication':
      return { iamRoleArn: fields.iamRoleArn };
  }
}

/** The version of a stored connector, as `If-Match` names it. */
export function versionOf({ lastModifiedAt }: ConnectorResponse): string {
  return String(lastModifiedAt);
}

/** The draft with which the wizard opens a stored connector. */
export function draftOf(connector: ConnectorOutput): Draft {
  const { spec } = connector;
  const selectors = storedSelectors(spec);
  return {
    ...EMPTY_DRAFT,
    name: connector.name,
    identifier: connector.identifier,
    identifierSource: 'typed',
    description: connector.description,
    tags: formatTags(connector.tags),
    credentialType: spec.credential.type,
    ...credentialFields(connector),
    keyArnSource: spec.kmsArn ? 'secret' : 'plain',
    kmsArn: spec.kmsArn ?? '',
    kmsArnInPlainText: spec.kmsArnInPlainText ?? '',
    region: spec.region,
    isDefault: spec.default,
    executeOnDelegate: spec.executeOnDelegate,
    selectorMode: selectors.length > 0 ? 'tagged' : 'any',
    selectors,
  };
}
