/**
 * The policy documents P1 to P7 as pure functions: the wizard's help and the fixes of
 * findings print the same text. Runs in the browser: no Node, no SDK.
 */
export { PLACEHOLDERS, policyDocument, type Statement } from './document.ts';
export {
  enableIamStatement,
  endpointPolicy,
  iamKeyPolicy,
  KEY_ACTIONS,
  type KeyGrant,
  type KeyUse,
  keyPolicyStatement,
} from './key-policies.ts';
export { identityOf, principalArn, roleArnOfSession } from './principals.ts';
export {
  assumeRolePolicy,
  issuerName,
  type OidcTrust,
  oidcProviderArn,
  oidcTrustPolicy,
  roleTrustPolicy,
} from './role-policies.ts';
