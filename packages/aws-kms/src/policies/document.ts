/** One statement of a policy, with the elements that Wardline prints. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Principal?: { readonly AWS: string } | { readonly Federated: string };
  readonly Action: string | readonly string[];
  readonly Resource?: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * A complete policy document, indented by two spaces, ready to paste.
 * Version 2012-10-17 is the current policy language:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
}

/** What stands in a document where a value is not known yet. In capitals, so that nobody pastes it by mistake. */
export const PLACEHOLDERS = {
  account: 'ACCOUNT_ID',
  region: 'REGION',
  keyId: 'KEY_ID',
  callerRole: 'CALLER_ROLE',
  role: 'ROLE_NAME',
  externalId: 'EXTERNAL_ID',
  issuerHost: 'ISSUER_HOST',
  audience: 'AUDIENCE',
  subject: 'SUBJECT',
} as const;
