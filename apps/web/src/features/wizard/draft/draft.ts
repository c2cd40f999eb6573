import { type CredentialType, requiresSelectors } from '@wardline/contracts';

/**
 * A connector as it is being typed. Texts are as typed, so that Back brings everything back, also what
 * another credential type would use. Secrets are references (`account.id`), never values.
 */
export interface Draft {
  readonly name: string;
  readonly identifier: string;
  /** `derived` follows the name; `typed` was edited by hand. */
  readonly identifierSource: 'derived' | 'typed';
  readonly description: string;
  /** Each `key` or `key:value`. */
  readonly tags: readonly string[];
  readonly credentialType: CredentialType;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly keyArnSource: 'plain' | 'secret';
  readonly kmsArnInPlainText: string;
  readonly kmsArn: string;
  readonly region: string;
  readonly roleArn: string;
  readonly externalName: string;
  readonly assumeStsRoleDuration: string;
  readonly iamRoleArn: string;
  readonly isDefault: boolean;
  readonly executeOnDelegate: boolean;
  readonly selectorMode: 'any' | 'tagged';
  readonly selectors: readonly string[];
}

export type DraftField = keyof Draft;

/** A connector that nobody has typed into. */
export const EMPTY_DRAFT: Draft = {
  name: '',
  identifier: '',
  identifierSource: 'derived',
  description: '',
  tags: [],
  credentialType: 'ManualConfig',
  accessKey: '',
  secretKey: '',
  keyArnSource: 'plain',
  kmsArnInPlainText: '',
  kmsArn: '',
  region: '',
  roleArn: '',
  externalName: '',
  assumeStsRoleDuration: '',
  iamRoleArn: '',
  isDefault: false,
  executeOnDelegate: true,
  selectorMode: 'any',
  selectors: [],
};

/** True where no delegate takes part: the Wardline server itself talks to AWS. */
export function runsOnPlatform(draft: Draft): boolean {
  return !requiresSelectors(draft.credentialType) && !draft.executeOnDelegate;
}

/** The choice that counts: credential types that use a host's identity need a delegate named by tags. */
export function selectorModeOf(draft: Draft): Draft['selectorMode'] {
  return requiresSelectors(draft.credentialType) ? 'tagged' : draft.selectorMode;
}

/** The tags that a delegate must have; none for "any delegate". */
export function selectorsOf(draft: Draft): readonly string[] {
  return selectorModeOf(draft) === 'tagged' && !runsOnPlatform(draft) ? draft.selectors : [];
}
